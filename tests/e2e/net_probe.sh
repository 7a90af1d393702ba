#!/bin/sh
# diktate net probe: the table, the JSON, and what goes wrong.
. "$(dirname -- "$0")/lib.sh"
needs_command node
unset http_proxy https_proxy all_proxy no_proxy HTTPS_PROXY ALL_PROXY NO_PROXY
export XDG_STATE_HOME="$work/state"

port_file=$work/port
node -e 'const s = require("http").createServer((q, a) => a.end("ok"));
  s.listen(0, "127.0.0.1", () => console.log(s.address().port))' >"$port_file" &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
while [ ! -s "$port_file" ]; do sleep 0.05; done
port=$(cat "$port_file")

diktate net probe "http://localhost:$port/"
expect_status 0 'a server on 127.0.0.1'
expect_no_err
expect_out '^127.0.0.1 .* chosen$'
expect_out '^::1 .* Connection refused$'
expect_out '^proxy: none$'
expect_out '^warm .* reused$'
ok 'the table'

diktate net probe --json "http://localhost:$port/"
expect_status 0 'as JSON'
expect_out_lines 1
json 'Object.keys(first).join() === "url,host,addresses,chosen,proxy,first_answer_ms,requests"'
json 'first.host === "localhost" && first.chosen === "127.0.0.1" && first.proxy === null && first.first_answer_ms > 0'
json 'first.addresses.length === 2 && first.addresses.every(a => a.connect_ms > 0)'
json 'first.requests.map(r => r.reused).join() === "false,true" && first.requests.every(r => r.attempts === 1)'
json 'first.requests.every(r => r.first_byte_ms > 0 && r.total_ms >= r.first_byte_ms && r.lookup_ms >= 0 && r.tls_ms === 0)'
ok 'the JSON'

# A proxy is for other hosts. This one is no proxy, but says "ok" to everything.
run env http_proxy="http://user:secret@127.0.0.1:$port" "${DIKTATE:?}" net probe --json http://far.test/x
expect_status 0 'through a proxy'
json "first.proxy === 'http://127.0.0.1:$port' && first.requests[0].address === '127.0.0.1'"
run env http_proxy="http://127.0.0.1:1" "${DIKTATE:?}" net probe "http://localhost:$port/"
expect_status 0 'loopback goes past the proxy'
run env http_proxy='http://a b' "${DIKTATE:?}" net probe http://far.test/
expect_status 1 'a wrong proxy is no wrong command line'
expect_err_lines 1
ok 'proxies'

diktate net probe http://localhost:1/
expect_status 1 'nobody listens'
expect_err_lines 1
expect_err 'nothing listens at localhost:1 (refused by 127.0.0.1; ::1)'
diktate net probe http://no-such-host.invalid/
expect_status 1 'no such host'
expect_err 'the name no-such-host.invalid does not resolve'
diktate net probe localhost:11434
expect_status 2 'no URL'
expect_err "^diktate: 'localhost:11434': .*http://host:port/path (see 'diktate net probe --help')$"
diktate net probe user:secret@localhost
expect_status 2 'no URL, with a password'
if grep -q secret "$err"; then fail 'the password is shown'; fi
ok 'failures'
