#!/usr/bin/env bash
# stall-lab.sh: a private loopback in which connecting to one address stalls.
#
# It is, on Linux, what a client meets on Windows when it connects to http://localhost:11434 and the server listens
# on 127.0.0.1 only: the refusal by ::1 is reported about two seconds late. Each connect() to the stalled address loses
# its first LAB_SYNS SYNs and gets a TCP reset for the next. All of it happens in a network namespace that has nothing but
# lo, and ends with the command.
#
#   stall-lab.sh run CMD...   run CMD in the lab
#   stall-lab.sh check        say whether this machine can run the lab
#
# Exit code 69 says that this machine lacks something: skip then, do not fail.
# Environment:
#   LAB_MODE   reset (default): drop LAB_SYNS SYNs of each connect, reset the next
#              blackhole: drop them all      off: plain Linux
#   LAB_SYNS   2 (default): about 2 s on Linux >= 6.5; older kernels back off at once: 1 -> 1 s, 2 -> 3 s, 3 -> 7 s
#   LAB_STALL  the address that stalls: ::1 (default), 127.0.0.1, 192.0.2.1
#   LAB_PORT   11434
#   LAB_DNS    off (default): no name server    dead: one that never answers
# Names in the lab: localhost and dual.test are ::1 and 127.0.0.1, remote.test is 192.0.2.1 and 192.0.2.2, which are
# not loopback addresses to anybody who judges by the address.
set -euo pipefail

mode=${LAB_MODE:-reset} syns=${LAB_SYNS:-2} port=${LAB_PORT:-11434}
stall=${LAB_STALL:-::1} dns=${LAB_DNS:-off}
self=$(readlink -f "$0")
die() { echo "stall-lab: $*" >&2; exit 69; }     # 69 = EX_UNAVAILABLE: skip, don't fail

case $mode in reset|blackhole|off) ;; *) die "LAB_MODE=$mode: want reset, blackhole or off" ;; esac
case $syns in [1-6]) ;; *) die "LAB_SYNS=$syns: want 1 to 6" ;; esac
case $stall in ::1) family=ip6 ;; 127.0.0.1 | 192.0.2.1) family=ip ;; *) die "LAB_STALL=$stall: want ::1, 127.0.0.1 or 192.0.2.1" ;; esac
case $port in ''|*[!0-9]*) die "LAB_PORT=$port: want a number" ;; esac

need_tools() {
  local miss=""
  command -v ip >/dev/null || miss+=" ip (apt-get install iproute2)"
  command -v unshare >/dev/null && command -v setpriv >/dev/null || miss+=" unshare, setpriv (apt-get install util-linux)"
  PATH=$PATH:/usr/sbin:/sbin command -v nft >/dev/null || miss+=" nft (apt-get install nftables)"
  [ -z "$miss" ] || die "missing:$miss"
}

userns() { [ "$(id -u)" = 0 ] || echo --map-root-user; }   # not root: try a user namespace

need_power() {
  # shellcheck disable=SC2046
  unshare $(userns) --net --mount true 2>/dev/null ||
    die "cannot make network and mount namespaces: run as root (CAP_SYS_ADMIN, CAP_NET_ADMIN)" \
        "or allow unprivileged user namespaces; in a container add --privileged"
}

net_setup() {            # in the new network namespace
  export PATH=$PATH:/usr/sbin:/sbin
  ip link set lo up
  [ "$(cat /proc/sys/net/ipv6/conf/lo/disable_ipv6 2>/dev/null)" = 0 ] ||
    echo 0 > /proc/sys/net/ipv6/conf/lo/disable_ipv6 2>/dev/null || true
  ip -6 addr show dev lo | grep -q '::1/128' || die "this kernel gives the namespace no ::1"
  ip addr add 192.0.2.1/32 dev lo && ip addr add 192.0.2.2/32 dev lo
  local hit
  case $mode in
    off) hit="counter accept" ;;
    blackhole) hit="counter drop" ;;
    # A retransmitted SYN keeps its source port and sequence number, so the pair
    # names one connect(): each one gets its own allowance of $syns dropped SYNs.
    reset) hit="add @tries { tcp sport . tcp sequence limit rate over 1/hour burst $syns packets } counter reject with tcp reset
      counter drop" ;;
  esac
  nft -f - <<RULES || die "nft refused the rules (kernel without nf_tables?)"
table inet stall {
  set tries { typeof tcp sport . tcp sequence; flags dynamic,timeout; timeout 5m; size 65535; }
  chain in {
    type filter hook input priority 0; policy accept;
    $family daddr $stall tcp dport $port tcp flags & (syn | ack) == syn jump stalled
    $([ "$dns" = dead ] && echo "meta l4proto { tcp, udp } th dport 53 counter drop")
  }
  chain stalled {
      $hit
  }
}
RULES
}

etc_setup() {            # in the new mount namespace: nothing here is seen outside
  local d; mount --make-rprivate / 2>/dev/null || true
  d=$(mktemp -d /tmp/stall-lab.XXXXXX)
  printf '%s\n' '::1 localhost dual.test' '127.0.0.1 localhost dual.test' '192.0.2.1 remote.test' '192.0.2.2 remote.test' \
    "127.0.0.1 $(hostname)" > "$d/hosts"
  printf 'hosts: files dns\npasswd: files\ngroup: files\n' > "$d/nsswitch.conf"
  if [ "$dns" = dead ]; then echo 'nameserver 127.0.0.53'; else echo '# no name server'; fi > "$d/resolv.conf"
  for f in hosts nsswitch.conf resolv.conf; do
    mount --bind "$d/$f" "$(readlink -f /etc/$f)" || die "cannot bind /etc/$f"
  done
  rm -r "$d"             # the binds keep the files alive
}

unset_proxies() { [ -n "${LAB_KEEP_PROXY:-}" ] || unset http_proxy https_proxy all_proxy no_proxy \
  HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY; }

guarded() {              # run CMD as the lab's init; report its own exit status
  local rc=0 pid
  "$@" <&0 & pid=$!
  trap 'kill -TERM $pid 2>/dev/null || true' TERM INT HUP
  while :; do rc=0; wait "$pid" || rc=$?; kill -0 "$pid" 2>/dev/null || break; done
  exit "$rc"
}

cmd=${1:-help}; shift || true
case $cmd in
  check) need_tools; need_power
         # shellcheck disable=SC2046
         unshare $(userns) --net --mount "$self" __probe && echo "stall-lab: ready" ;;
  __probe) net_setup; etc_setup ;;
  run)   [ $# -gt 0 ] || die "run: which command?"
         need_tools; unset_proxies
         need_power; rc=0
         # A pid namespace: when this script or CMD goes, however it goes, all
         # that CMD left running goes too, and with it the network namespace.
         # shellcheck disable=SC2046
         setpriv --pdeathsig KILL unshare $(userns) --net --mount --pid --fork --kill-child --mount-proc \
           "$self" __fresh "$@" <&0 & pid=$!
         got=""             # ask CMD's init to end; two seconds later do not ask
         trap 'got=143; kill -TERM "$(ps -o pid= --ppid $pid | tr -d " ")" 2>/dev/null || true
               { sleep 2; kill -KILL $pid; } >/dev/null 2>&1 & ' TERM INT HUP
         while :; do rc=0; wait "$pid" || rc=$?; kill -0 "$pid" 2>/dev/null || break; done
         exit "${got:-$rc}" ;;
  __fresh) net_setup; etc_setup; guarded "$@" ;;
  *)     sed -n '2,24s/^# \{0,1\}//p' "$self"; [ "$cmd" = help ] || exit 64 ;;
esac
