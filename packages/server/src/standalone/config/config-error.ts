/**
 * The server cannot start as it is configured. Its message is one line for whoever starts it, names
 * the setting at fault and repeats nothing of a secret.
 *
 * @internal
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
