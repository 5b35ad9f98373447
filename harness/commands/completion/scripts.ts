/** The shells that can be told how words go on. */
export const SHELLS = ["bash", "zsh"] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/** The first word of a command line that asks for candidates; the words behind it are those behind `bench`. */
export const COMPLETE = "--complete";

/**
 * What a shell reads to complete the words behind `bench`: it asks the very program that wrote it, wherever `bench` is found later.
 * Candidates come a line each, a tab before what they are.
 *
 * @param program the words by which that program is started
 */
export function completionScript(shell: Shell, program: readonly string[]): string {
  const ask = [...program, COMPLETE].map(quoted).join(" ");
  switch (shell) {
    case "bash":
      return `# In ~/.bashrc: source <(bench completion bash)
_bench_completions() {
  local IFS=$'\\n'
  COMPREPLY=($(${ask} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o bashdefault -o default -F _bench_completions bench
`;
    case "zsh":
      return `#compdef bench
# In ~/.zshrc, behind compinit: source <(bench completion zsh)
_bench() {
  local line word what
  local -a candidates
  for line in "\${(@f)$(${ask} "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=\${line%%$'\\t'*} what=\${line#*$'\\t'}
    [[ -n $word ]] && candidates+=("\${word//:/\\\\:}\${what:+:$what}")
  done
  if (( \${#candidates} )); then _describe bench candidates; else _files; fi
}
if [[ \${funcstack[1]} == _bench ]]; then _bench "$@"; else compdef _bench bench; fi
`;
    default:
      return shell satisfies never;
  }
}

/** A word as shells take it, whatever it has in it. */
const quoted = (word: string): string =>
  /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
