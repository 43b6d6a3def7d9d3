const MAX_LENGTH = 64

/**
 * Quotes a channel or user for a sentence. What is long or has the form of an App ID or certificate
 * is described instead: swapped arguments must not bring a secret into a message.
 */
export function quoteName(name: string): string {
  if (name.length > MAX_LENGTH) return `(text of ${name.length} characters)`
  if (/[0-9a-f]{32}/i.test(name)) return '(text with 32 hexadecimal digits)'
  return JSON.stringify(name)
}
