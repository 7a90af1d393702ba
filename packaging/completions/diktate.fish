# fish completion for diktate
set -l commands daemon start finish toggle cancel status last swap dictate transcribe recover history mic hotkeys insert clean models dictionary verify llm prompt net
complete -c diktate -n "not __fish_seen_subcommand_from $commands" -f -a "$commands"
complete -c diktate -n "__fish_seen_subcommand_from start toggle cancel finish status last swap" -f
complete -c diktate -n "__fish_seen_subcommand_from start toggle cancel swap" -l json -d 'The answer as JSON'
complete -c diktate -n "__fish_seen_subcommand_from finish" -l wait -d 'Wait for the text, and print it'
complete -c diktate -n "__fish_seen_subcommand_from finish" -l json -d 'Everything about the take'
complete -c diktate -n "__fish_seen_subcommand_from status" -l follow -d 'A line for every event'
complete -c diktate -n "__fish_seen_subcommand_from status" -l json -d 'As JSON'
complete -c diktate -n "__fish_seen_subcommand_from last" -l print -d 'Print it instead'
complete -c diktate -n "__fish_seen_subcommand_from last" -l json -d 'Its row of the history'
complete -c diktate -n "__fish_seen_subcommand_from mic" -f -a 'list test'
complete -c diktate -n "__fish_seen_subcommand_from hotkeys" -f -a 'setup test'
complete -c diktate -n "__fish_seen_subcommand_from insert" -f -a 'test'
complete -c diktate -n "__fish_seen_subcommand_from recover" -f -l all -d 'Finish all'
complete -c diktate -n "__fish_seen_subcommand_from recover" -x -l finish -d 'Finish this one'
complete -c diktate -n "__fish_seen_subcommand_from recover" -x -l discard -d 'Throw it away'
complete -c diktate -n "__fish_seen_subcommand_from history" -x -l limit -d 'At most so many'
complete -c diktate -n "__fish_seen_subcommand_from history" -f -l wipe -d 'Remove every trace'
complete -c diktate -n "__fish_seen_subcommand_from models" -f -a 'list prepare'
complete -c diktate -n "__fish_seen_subcommand_from dictionary" -f -a 'add remove list test import export'
complete -c diktate -n "__fish_seen_subcommand_from llm" -f -a 'status warm bench'
complete -c diktate -n "__fish_seen_subcommand_from prompt" -f -a 'show'
complete -c diktate -n "__fish_seen_subcommand_from net" -f -a 'probe'
