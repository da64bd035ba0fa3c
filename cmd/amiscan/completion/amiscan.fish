# Completes the command line of amiscan in fish. To use it, put this into ~/.config/fish/config.fish:
#   amiscan completion fish | source
# The words come from amiscan itself, which reads no file and asks nobody for them.

# __amiscan_ask sets the words that may stand at the cursor. It returns 1 where fish is to complete paths.
function __amiscan_ask
    set -l program amiscan
    set -l words (commandline -opc)
    set -l typed (commandline -ct | string replace -r '^["\']' '')
    if string match -q '*/*' -- $words[1]
        set program (string replace -r '^~' -- $HOME $words[1])
    end
    set -e words[1]
    set -l lines ($program __complete -- $words "$typed" 2>/dev/null)
    if not set -q lines[1]; or contains -- :files $lines
        return 1
    end
    set -l kept $lines[1]
    set -e lines[1]
    set -g __amiscan_words $kept$lines
    return 0
end

complete -c amiscan -e
complete -c amiscan -k -f -n __amiscan_ask -a '$__amiscan_words'
