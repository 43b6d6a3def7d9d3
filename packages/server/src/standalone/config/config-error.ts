/**
 * The configuration does not allow a start. The message is one line for the owner of the server, names the invalid
 * setting and repeats no secret.
 *
 * @internal
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
