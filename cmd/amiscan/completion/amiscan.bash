# Completes the command line of amiscan in bash, 3.2 and later. To use it, put this into ~/.bashrc:
#   eval "$(amiscan completion bash)"
# The words come from amiscan itself, which reads no file and asks nobody for them.

# _amiscan_words sets words to those of the command line up to the cursor. Bash cuts them at = and : as well
# (COMP_WORDBREAKS); what stands together on the line is one word here.
_amiscan_words() {
  local rest=${COMP_LINE:0:COMP_POINT} part gap i last=-1
  for ((i = 0; i <= COMP_CWORD; i++)); do
    gap=${rest%%[![:space:]]*}
    rest=${rest#"$gap"}
    part=${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then part=$rest; fi
    rest=${rest#"$part"}
    if ((last >= 0)) && [[ -z $gap ]]; then
      words[last]+=$part
    else
      words[++last]=$part
    fi
  done
}

# _amiscan_offer turns one line of the answer into a completion. Bash puts it in place of the word that it sees, so
# what stands before that word is cut off.
_amiscan_offer() {
  local word=$kept${1%%$'\t'*}
  [[ $word == "$typed"* ]] || return
  word=${word#"$before"}
  if [[ -z $quoted ]]; then word=${word//\*/\\*}; fi
  COMPREPLY[${#COMPREPLY[@]}]=$word
}

# _amiscan_files leaves paths to readline. Bash 3.2 can't be told to.
_amiscan_files() {
  compopt -o default 2>/dev/null && return
  local path
  while IFS= read -r path; do
    if [[ -n $path ]]; then COMPREPLY[${#COMPREPLY[@]}]=$path; fi
  done <<<"$(compgen -f -- "$1")"
}

_amiscan() {
  local words program=amiscan typed before quoted='' kept line last
  words=()
  COMPREPLY=()
  _amiscan_words
  last=$((${#words[@]} - 1))
  if [[ ${words[0]} == */* ]]; then program=${words[0]/#\~/$HOME}; fi
  before=${words[last]%"$2"}
  if [[ $before == *[\"\']* ]]; then quoted=yes; fi
  before=${before//[\"\'\\]/}
  typed=${words[last]//[\"\'\\]/}
  words[last]=$typed
  {
    IFS= read -r kept
    while IFS= read -r line; do
      if [[ $line == :files ]]; then _amiscan_files "$2"; else _amiscan_offer "$line"; fi
    done
  } <<<"$("$program" __complete -- "${words[@]:1}" 2>/dev/null)"
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
  return 0
}

complete -o nosort -F _amiscan amiscan 2>/dev/null || complete -F _amiscan amiscan
