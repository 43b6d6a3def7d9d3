import type { Welcome } from '../server/token-server/welcome.ts'

/** What every screen is given. */
export interface ScreenProps {
  readonly welcome: Welcome
}
