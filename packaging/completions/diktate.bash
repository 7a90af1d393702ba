# bash completion for diktate. A place is the program, a command, or a command and its word.
_diktate() {
  local word=${COMP_WORDS[COMP_CWORD]} place=diktate words=
  [ "$COMP_CWORD" -gt 1 ] && place=${COMP_WORDS[1]}
  case $place in
    dictionary | hotkeys | insert | llm | mic | models | net | prompt)
      if [ "$COMP_CWORD" -gt 2 ] && [ "${COMP_WORDS[2]:0:1}" != - ]; then place=$place-${COMP_WORDS[2]}; fi
      ;;
  esac
  case $place in
    diktate) words='daemon start finish toggle cancel status last swap dictate transcribe recover history mic hotkeys insert clean models dictionary
      verify llm prompt net --help --version' ;;
    start | toggle) words='--profile --json --help' ;;
    cancel | swap) words='--json --help' ;;
    finish) words='--wait --json --help' ;;
    status) words='--follow --json --help' ;;
    last) words='--print --json --help' ;;
    daemon) words='--help' ;;
    mic) words='list test --help' ;;
    mic-list | models-list | dictionary-list | net-probe) words='--json --help' ;;
    mic-test) words='--seconds --source --json --help' ;;
    hotkeys) words='setup test --help' ;;
    hotkeys-setup) words='--for --key --json --help' ;;
    hotkeys-test) words='--key --method --help' ;;
    insert) words='test --help' ;;
    insert-test) words='--command --json --help' ;;
    recover) words='--finish --discard --all --json --help' ;;
    history) words='--limit --wipe --json --help' ;;
    models) words='list prepare --json --help' ;;
    models-prepare) words='--from --to --help' ;;
    dictionary) words='add remove list test import export --help' ;;
    dictionary-add) words='--word --snippet --help' ;;
    dictionary-remove) words='--help' ;;
    dictionary-test) words='--language --json --help' ;;
    dictionary-import | dictionary-export) words='--format --help' ;;
    llm) words='status warm bench --help' ;;
    llm-status | llm-warm) words='--profile --processor --endpoint --model --json --help' ;;
    llm-bench) words='--runs --profile --processor --endpoint --model --json --help' ;;
    prompt) words='show --help' ;;
    prompt-show) words='--said --selection --json --help' ;;
    net) words='probe --help' ;;
    dictate) words='--from --source --max-take --private --processor --endpoint --model --deadline-ms --profile --language --engine --threads
      --speed --sequential --rate --channels --encoding --timeline --json --trace --raw --help' ;;
    transcribe) words='--format --json --engine --threads --profile --language --raw --trace --rate --channels --encoding --help' ;;
    clean) words='--profile --language --processor --endpoint --model --deadline-ms --before --clipboard --trailing-space --explain --json
      --keys --help' ;;
    verify) words='--said --got --style --prompt --language --json --help' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  case $place in
    transcribe | dictionary-import | dictionary-export) [ "${word:0:1}" = - ] || words= ;;
  esac
  if [ -z "$words" ] || [ "${#COMPREPLY[@]}" -eq 0 ]; then
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -o filenames -F _diktate diktate
