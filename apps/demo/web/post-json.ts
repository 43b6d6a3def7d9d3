/**
 * Posts to the page's own server and gives the parsed reply.
 *
 * @throws {Error} when the reply is no success
 */
export async function postJson<Reply>(
  url: string,
  body: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return (await response.json()) as Reply // oxlint-disable-line typescript/no-unsafe-type-assertion -- our own server, built from the same types
}
