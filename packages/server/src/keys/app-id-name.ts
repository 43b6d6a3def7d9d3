import { setName } from './set-name.ts'

type AppIdName = 'AGORA_APP_ID' | 'NEXT_PUBLIC_AGORA_APP_ID' | 'APP_ID'

/** The variables that hold an App ID: ours, and those of Agora's command-line tool and token service. @internal */
export const APP_ID_NAMES: readonly [AppIdName, ...AppIdName[]] = [
  'AGORA_APP_ID',
  'NEXT_PUBLIC_AGORA_APP_ID',
  'APP_ID',
]

/**
 * Finds the variable that holds the App ID. `APP_ID` is a name that other programs have too: beside
 * another one it counts only where it has the form of Agora's.
 *
 * @internal
 * @throws {TokenError} APP_ID_INVALID when two of them contradict each other
 */
export function appIdName(env: Readonly<Partial<Record<AppIdName, unknown>>>): AppIdName {
  const isOurs = /^[0-9a-f]{32}$/i.test(String(env.APP_ID))
  const isAlone = !env.AGORA_APP_ID && !env.NEXT_PUBLIC_AGORA_APP_ID
  const read = isOurs || isAlone ? env : { ...env, APP_ID: undefined }
  return setName(read, APP_ID_NAMES, 'APP_ID_INVALID')
}
