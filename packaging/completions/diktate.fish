# fish completion for diktate: a table of places, and of what is offered there. A place is the program, a command, or a command and its word.
function __diktate_at # places...: is the line at one of them
    set -l words (string match -v -- '-*' (commandline -opc))
    set -l place diktate
    set -q words[2]; and set place $words[2]
    if set -q words[3]; and contains -- $place dictionary hotkeys insert llm mic models net prompt
        set place $place-$words[3]
    end
    contains -- $place $argv
end
set -l profiles standard code terminal raw prompt professional refine refine-by-voice ask translate note
complete -c diktate -f
complete -c diktate -s h -l help -d 'Help'

complete -c diktate -n '__diktate_at diktate' -a daemon -d 'Wait for keys and commands, and dictate when they say so'
complete -c diktate -n '__diktate_at diktate' -a start -d 'Key down, begin a take'
complete -c diktate -n '__diktate_at diktate' -a finish -d 'Key up, finish the take that listens'
complete -c diktate -n '__diktate_at diktate' -a toggle -d 'Begin a take, or finish the one that listens'
complete -c diktate -n '__diktate_at diktate' -a cancel -d 'Throw the take away'
complete -c diktate -n '__diktate_at diktate' -a status -d 'What the daemon does'
complete -c diktate -n '__diktate_at diktate' -a last -d 'Insert the last text again'
complete -c diktate -n '__diktate_at diktate' -a swap -d 'The other version of the last text in its place'
complete -c diktate -n '__diktate_at diktate' -a dictate -d 'Dictate from the microphone, or a recording as if spoken now'
complete -c diktate -n '__diktate_at diktate' -a transcribe -d 'Recordings to text'
complete -c diktate -n '__diktate_at diktate' -a recover -d 'Takes that were not finished'
complete -c diktate -n '__diktate_at diktate' -a history -d 'What was dictated, and how to wipe it'
complete -c diktate -n '__diktate_at diktate' -a mic -d 'Which microphones there are, and whether one hears you'
complete -c diktate -n '__diktate_at diktate' -a hotkeys -d 'A key of your desktop, how to set it up, is it heard'
complete -c diktate -n '__diktate_at diktate' -a insert -d 'Whether text can be put into windows here'
complete -c diktate -n '__diktate_at diktate' -a clean -d 'Recognised text to clean text'
complete -c diktate -n '__diktate_at diktate' -a models -d 'What is installed, and how to install it'
complete -c diktate -n '__diktate_at diktate' -a dictionary -d 'Your own words'
complete -c diktate -n '__diktate_at diktate' -a verify -d 'Whether a text may stand for what was said'
complete -c diktate -n '__diktate_at diktate' -a llm -d 'Language models, are they there and ready'
complete -c diktate -n '__diktate_at diktate' -a prompt -d 'What a language model is told'
complete -c diktate -n '__diktate_at diktate' -a net -d 'How a server is reached'

complete -c diktate -n '__diktate_at mic' -a list -d 'The microphones'
complete -c diktate -n '__diktate_at mic' -a test -d 'Listen for some seconds, and say what was heard'
complete -c diktate -n '__diktate_at hotkeys' -a setup -d 'What to write where, so that a key begins a dictation'
complete -c diktate -n '__diktate_at hotkeys' -a test -d 'Press the key, is it heard'
complete -c diktate -n '__diktate_at insert' -a test -d 'Try every method on a window of its own'
complete -c diktate -n '__diktate_at models' -a list -d 'What is installed'
complete -c diktate -n '__diktate_at models' -a prepare -d 'Install the models from their packages'
complete -c diktate -n '__diktate_at dictionary' -a add -d 'Add a replacement, a favoured word or a snippet'
complete -c diktate -n '__diktate_at dictionary' -a remove -d 'Take out what is said like this'
complete -c diktate -n '__diktate_at dictionary' -a list -d 'Show everything'
complete -c diktate -n '__diktate_at dictionary' -a test -d 'What a dictation of a text would give'
complete -c diktate -n '__diktate_at dictionary' -a import -d 'Add all that a file holds'
complete -c diktate -n '__diktate_at dictionary' -a export -d 'Write everything to a file'
complete -c diktate -n '__diktate_at llm' -a status -d 'What is at the other end'
complete -c diktate -n '__diktate_at llm' -a warm -d 'Connect, load the model, have the prompt read'
complete -c diktate -n '__diktate_at llm' -a bench -d 'How long a first and later answers take'
complete -c diktate -n '__diktate_at prompt' -a show -d 'The prompt of a profile'
complete -c diktate -n '__diktate_at net' -a probe -d 'Time each address of a server'

complete -c diktate -n '__diktate_at diktate' -l version -d 'The version'

complete -c diktate -n '__diktate_at start toggle cancel swap' -l json -d 'The answer as JSON'
complete -c diktate -n '__diktate_at start toggle' -l profile -d 'What is done with the words' -x -a "$profiles"
complete -c diktate -n '__diktate_at finish' -l wait -d 'Wait for the text, and print it'
complete -c diktate -n '__diktate_at finish dictate' -l json -d 'Everything about the take, as JSON'
complete -c diktate -n '__diktate_at status' -l follow -d 'Go on, with a line for every change or error'
complete -c diktate -n '__diktate_at last' -l print -d 'Print it instead'
complete -c diktate -n '__diktate_at last' -l json -d 'Its row of the history'

complete -c diktate -n '__diktate_at status recover history mic-list mic-test hotkeys-setup insert-test models models-list' -l json -d 'As JSON'
complete -c diktate -n '__diktate_at dictionary-list dictionary-test llm-status llm-warm llm-bench prompt-show net-probe' -l json -d 'As JSON'

complete -c diktate -n '__diktate_at dictate clean llm-status llm-warm llm-bench' -l profile -d 'What is done with the words' -x -a "$profiles"
complete -c diktate -n '__diktate_at transcribe dictate clean' -l language -d 'Whose words the rules know' -x -a 'en es'
complete -c diktate -n '__diktate_at dictate clean llm-status llm-warm llm-bench' -l processor -d 'The language model that is asked first' -x -a 'ollama openai anthropic gemini rules'
complete -c diktate -n '__diktate_at dictate clean llm-status llm-warm llm-bench' -l endpoint -d 'Where the language model is' -x
complete -c diktate -n '__diktate_at dictate clean llm-status llm-warm llm-bench' -l model -d 'Which of its models' -x
complete -c diktate -n '__diktate_at dictate clean' -l deadline-ms -d 'How long it may take from key up' -x
complete -c diktate -n '__diktate_at llm-bench' -l runs -d 'Answers after the first' -x

complete -c diktate -n '__diktate_at dictate' -l from -d 'A recording instead of the microphone' -r -F
complete -c diktate -n '__diktate_at dictate mic-test' -l source -d 'A microphone, by its name' -x
complete -c diktate -n '__diktate_at dictate' -l max-take -d 'The longest take' -x
complete -c diktate -n '__diktate_at dictate' -l private -d 'Write nothing of the take to the disk'
complete -c diktate -n '__diktate_at dictate' -l speed -d 'How many times faster than real' -x
complete -c diktate -n '__diktate_at dictate' -l sequential -d 'Recognise nothing before the end'
complete -c diktate -n '__diktate_at dictate' -l timeline -d 'Where the time went'
complete -c diktate -n '__diktate_at mic-test' -l seconds -d 'How long' -x

complete -c diktate -n '__diktate_at dictate transcribe' -l engine -d 'What recognises' -x -a 'moonshine-base moonshine-tiny'
complete -c diktate -n '__diktate_at dictate transcribe' -l threads -d 'Threads of the engine' -x
complete -c diktate -n '__diktate_at dictate transcribe' -l raw -d 'The words as recognised'
complete -c diktate -n '__diktate_at dictate transcribe' -l trace -d 'Write the timeline to a file' -r -F
complete -c diktate -n '__diktate_at dictate transcribe' -l rate -d 'Raw samples, frames a second' -x
complete -c diktate -n '__diktate_at dictate transcribe' -l channels -d 'Raw samples, channels' -x
complete -c diktate -n '__diktate_at dictate transcribe' -l encoding -d 'Raw samples, how one is written' -x -a 'u8 s16le s24le s32le f32le f64le'

complete -c diktate -n '__diktate_at transcribe' -l format -d 'How the text is written' -x -a 'text json srt vtt'
complete -c diktate -n '__diktate_at transcribe' -l json -d 'The same as --format json'
complete -c diktate -n '__diktate_at transcribe' -l profile -d 'What is done with the words' -x -a 'standard code terminal raw'

complete -c diktate -n '__diktate_at clean' -l before -d 'The text in front of the cursor' -x
complete -c diktate -n '__diktate_at clean' -l clipboard -d 'What {clipboard} in a snippet stands for' -x
complete -c diktate -n '__diktate_at clean' -l keys -d 'Press enter at the end is a key'
complete -c diktate -n '__diktate_at clean' -l trailing-space -d 'End with a space'
complete -c diktate -n '__diktate_at clean' -l explain -d 'Every change with its rule'
complete -c diktate -n '__diktate_at clean' -l json -d 'Text, changes and keys, as JSON'

complete -c diktate -n '__diktate_at verify prompt-show' -l said -d 'What was dictated' -x
complete -c diktate -n '__diktate_at verify' -l got -d 'What the model made of it' -x
complete -c diktate -n '__diktate_at verify' -l style -d 'What it was asked for' -x -a 'standard professional prompt translate'
complete -c diktate -n '__diktate_at verify dictionary-test' -l language -d 'Of what was said' -x -a 'en es'
complete -c diktate -n '__diktate_at verify' -l prompt -d 'What the model was told' -x
complete -c diktate -n '__diktate_at verify' -l json -d 'The verdict as JSON'
complete -c diktate -n '__diktate_at prompt-show' -l selection -d 'The selected text' -x

complete -c diktate -n '__diktate_at recover' -l all -d 'Finish all'
complete -c diktate -n '__diktate_at recover' -l finish -d 'Finish this one' -x
complete -c diktate -n '__diktate_at recover' -l discard -d 'Throw it away' -x
complete -c diktate -n '__diktate_at history' -l limit -d 'At most so many' -x
complete -c diktate -n '__diktate_at history' -l wipe -d 'Remove every trace'

complete -c diktate -n '__diktate_at hotkeys-setup' -l for -d 'Another desktop' -x -a 'gnome kde sway hyprland i3 x11 wayland'
complete -c diktate -n '__diktate_at hotkeys-setup hotkeys-test' -l key -d 'The keys you want' -x
complete -c diktate -n '__diktate_at hotkeys-test' -l method -d 'Another method than that of the settings' -x -a 'auto portal x11 evdev'
complete -c diktate -n '__diktate_at insert-test' -l command -d 'A command to try too' -x

complete -c diktate -n '__diktate_at models-prepare' -l from -d 'Where the unpacked packages are; once for each folder' -x -a '(__fish_complete_directories)'
complete -c diktate -n '__diktate_at models-prepare' -l to -d 'The folder to install into' -x -a '(__fish_complete_directories)'
complete -c diktate -n '__diktate_at dictionary-add' -l word -d 'A favoured word'
complete -c diktate -n '__diktate_at dictionary-add' -l snippet -d 'A trigger, and the text that is put in'
complete -c diktate -n '__diktate_at dictionary-import dictionary-export' -l format -d 'How the file is written' -x -a 'toml csv'

complete -c diktate -n '__diktate_at transcribe dictionary-import dictionary-export' -F
complete -c diktate -n '__diktate_at prompt-show' -a "$profiles"
