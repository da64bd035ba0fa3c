#compdef amiscan
# Completes the command line of amiscan in zsh. To use it, put this into ~/.zshrc, after compinit:
#   source <(amiscan completion zsh)
# or save it as _amiscan in a directory of $fpath. The words come from amiscan itself, which reads no file and asks
# nobody for them.

_amiscan() {
  local program=amiscan typed=${(Q)PREFIX} kept line word
  local -a before lines whole open
  if [[ $words[1] == */* ]]; then program=${${(Q)words[1]}/#\~/$HOME}; fi
  if ((CURRENT > 2)); then before=("${(@Q)words[2,CURRENT-1]}"); fi
  lines=("${(@f)$($program __complete -- "${before[@]}" "$typed" 2>/dev/null)}")
  kept=$lines[1]
  shift lines
  # Quotes in the part that stays make it longer than amiscan sees it.
  if [[ $PREFIX == "$kept"* ]]; then
    compset -p ${#kept}
  else
    compset -p $((${#PREFIX} - ${#typed} + ${#kept}))
  fi
  for line in "${lines[@]}"; do
    if [[ $line == :files ]]; then
      _files
      return
    fi
    word=${${line%%$'\t'*}//:/\\:}
    if [[ $line == *$'\t'* ]]; then line=$word:${line#*$'\t'}; else line=$word; fi
    if [[ $word == *= ]]; then open+=("$line"); else whole+=("$line"); fi
  done
  _describe -V amiscan whole -- open -S ''
}

if [[ ${funcstack[1]} == _amiscan ]]; then
  _amiscan "$@"
else
  compdef _amiscan amiscan
fi
