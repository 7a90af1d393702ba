# bash completion for diktate
_diktate() {
  local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]-} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='daemon start finish toggle cancel status last swap dictate transcribe recover history mic hotkeys insert clean models dictionary verify llm prompt net
      --help --version'
  else
    case $command in
      start | toggle) words='--profile --json --help' ;;
      cancel | swap) words='--json --help' ;;
      finish) words='--wait --json --help' ;;
      status) words='--follow --json --help' ;;
      last) words='--print --json --help' ;;
      daemon) words='--help' ;;
      mic) words='list test --json --seconds --source --help' ;;
      hotkeys) words='setup test --for --key --method --json --help' ;;
      insert) words='test --command --json --help' ;;
      recover) words='--finish --discard --all --json --help' ;;
      history) words='--limit --wipe --json --help' ;;
      models) words='list prepare --json --from --to --help' ;;
      dictionary) words='add remove list test import export --help' ;;
      llm) words='status warm bench --help' ;;
      prompt) words='show --help' ;;
      net) words='probe --help' ;;
      dictate) words='--from --source --max-take --private --processor --endpoint --model --deadline-ms --profile --language --engine --threads
        --speed --sequential --rate --channels --encoding --timeline --json --trace --raw --help' ;;
      transcribe) words='--format --json --engine --threads --profile --language --raw --trace --rate --channels --encoding --help' ;;
      clean) words='--profile --language --processor --endpoint --model --deadline-ms --before --clipboard --trailing-space --explain --json
        --keys --help' ;;
      verify) words='--said --got --style --prompt --language --json --help' ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  if [ "${#COMPREPLY[@]}" -eq 0 ] || [ "$command" = transcribe ] && [ "${word:0:1}" != - ]; then
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -o filenames -F _diktate diktate
