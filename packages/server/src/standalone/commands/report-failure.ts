import { redactSecrets } from '../../errors/redact-secrets.ts'
import { say } from '../service/output.ts'

/** Prints in one line why the program ends. @internal */
export function reportFailure(error: unknown): void {
  say(redactSecrets(error instanceof Error ? error.message : typeof error))
}
