import type { Command } from './command.ts'
import { COMMON_OPTIONS } from './help.ts'

type Commands = Readonly<Record<string, Command>>
/** The words that may follow each command. */
type Words = Readonly<Record<string, readonly string[] | undefined>>

/** The shells with a completion. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

/** Returns the completion script of a shell, made from the table of commands. */
export async function completionFor(
  shell: (typeof SHELLS)[number],
  commands: Commands,
): Promise<string> {
  const entries = Object.entries(commands).map(async ([name, { words }]) => [name, await words?.()])
  return { bash, zsh, fish }[shell](commands, Object.fromEntries(await Promise.all(entries)))
}

const optionsOf = ({ options }: Command) => Object.entries({ ...options, ...COMMON_OPTIONS })

function wordCases(commands: Commands, words: Words): string {
  return Object.entries(commands)
    .map(([name, command]) => {
      const options = optionsOf(command).map(([it]) => `--${it}`)
      return `    ${name}) words="${[...(words[name] ?? []), ...options].join(' ')}" ;;`
    })
    .join('\n')
}

function choiceCases(commands: Commands): string {
  return Object.entries(commands)
    .flatMap(([name, { options }]) =>
      Object.entries(options).flatMap(([option, { choices }]) =>
        choices ? [`    ${name}:--${option}) words="${choices.join(' ')}" ;;`] : [],
      ),
    )
    .join('\n')
}

function bash(commands: Commands, words: Words): string {
  return `# eval "$(rtc-token completion bash)"
_rtc_token() {
  local words="${Object.keys(commands).join(' ')} --help --version"
  local command="\${COMP_WORDS[1]}" current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "$command" in
${wordCases(commands, words)}
    *) words="" ;;
    esac
    case "$command:$previous" in
${choiceCases(commands)}
    *:--env-file|*:--sarif) COMPREPLY=($(compgen -f -- "$current")); return ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _rtc_token rtc-token
`
}

function zsh(commands: Commands, words: Words): string {
  const names = Object.entries(commands).map(([name, { summary }]) => `'${name}:${quiet(summary)}'`)
  const cases = Object.entries(commands).map(([name, command]) => {
    const specs = optionsOf(command).map(([option, { about, value, choices, isMany }]) => {
      const values =
        value === undefined
          ? ''
          : `:${value.toLowerCase()}:${choices ? `(${choices.join(' ')})` : '_files'}`
      return `'${isMany ? '*' : ''}--${option}[${quiet(about)}]${values}'`
    })
    const word = words[name] ? [`'1:word:(${words[name].join(' ')})'`] : []
    return `    ${name}) _arguments ${[...specs, ...word].join(' ')} ;;`
  })
  return `#compdef rtc-token
# eval "$(rtc-token completion zsh)"
_rtc_token() {
  local -a commands=(${names.join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command="\${words[2]}"
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _rtc_token rtc-token
`
}

function fish(commands: Commands, words: Words): string {
  const rows = Object.entries(commands).flatMap(([name, command]) => [
    `complete -c rtc-token -f -n __fish_use_subcommand -a ${name} -d '${quiet(command.summary)}'`,
    ...(words[name] ?? []).map(
      (word) => `complete -c rtc-token -f -n '__fish_seen_subcommand_from ${name}' -a ${word}`,
    ),
    ...optionsOf(command).map(([option, { about, value, choices }]) => {
      const values = value === undefined ? '' : choices ? ` -x -a '${choices.join(' ')}'` : ' -r'
      return `complete -c rtc-token -n '__fish_seen_subcommand_from ${name}' -l ${option}${values} -d '${quiet(about)}'`
    }),
  ])
  return `# rtc-token completion fish | source\n${rows.join('\n')}\n`
}

/** Removes the characters that have a meaning in shells. */
function quiet(text: string): string {
  return text.replaceAll(/['"[\]:\\$`]/g, '')
}
