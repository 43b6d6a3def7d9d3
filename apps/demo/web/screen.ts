import type { Welcome } from '../server/welcome.ts'

/** What every screen is given. */
export interface ScreenProps {
  readonly welcome: Welcome
}
