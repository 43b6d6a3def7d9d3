/**
 * What a page may do: load programs, styles and pictures of the site. It may send nothing anywhere, not even to the
 * site. While the site is developed, Vite puts styles into the page.
 */
export function contentPolicy(isDeveloped = false): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${isDeveloped ? " 'unsafe-inline'" : ''}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
