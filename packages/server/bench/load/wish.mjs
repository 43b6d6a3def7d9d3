/** What every server of the bench is asked, and what it signs with. The project is not a live one. */
export const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}

export const PATH = '/v1/tokens'

export const CHANNEL = 'room-42'

export const ACCOUNT = 'alice'

export const TTL_SECONDS = 3600

export const AUTHORIZATION = `Bearer ${ACCOUNT}`

/** The request as autocannon and `fetch` take it. */
export const WISH = {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: AUTHORIZATION },
  body: JSON.stringify({ channel: CHANNEL, role: 'publisher', ttl: TTL_SECONDS }),
}
