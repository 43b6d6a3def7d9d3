import type { SdkErrorRow } from './meaning.ts'
import { rowsOf } from './rows-of.ts'

const API = 'https://docs.agora.io/en/api-reference/api-ref'
const rtc = rowsOf(['rest'], `${API}/rtc/response-status-codes`)
const convoAi = rowsOf(['rest'], `${API}/conversational-ai/status-codes`)
const classroom = rowsOf(['rest'], 'https://github.com/AgoraIO/Tools/issues/193')
const stt = rowsOf(
  ['rest'],
  'https://docs.agora.io/en/realtime-media/speech-to-text/reference/common-errors',
)

/** The errors of the HTTP APIs. ConvoAI and STT accept the token of a call. */
export const REST_ROWS: readonly SdkErrorRow[] = [
  convoAi('HTTP 401', 'CREDENTIALS_REFUSED', {
    also: ['401 Unauthorized', '401 (Unauthorized)', '401: Unauthorized'],
    number: ['http status', 401],
    isGeneral: true,
  }),
  stt('HTTP 401: Invalid authentication credentials', 'CREDENTIALS_REFUSED', {
    also: ['Invalid authentication credentials'],
  }),
  classroom('HTTP 401: invalid token', 'CREDENTIALS_REFUSED', {
    also: ['invalid token'],
    isGeneral: true,
    note: 'Some APIs expect the token in the headers x-agora-token and x-agora-uid.',
  }),
  convoAi('HTTP 403', 'ACCESS_FORBIDDEN', {
    also: ['403 Forbidden', '403 (Forbidden)', '403: Forbidden'],
    number: ['http status', 403],
    isGeneral: true,
  }),
  convoAi('HTTP 403: ServiceNotEnabled', 'SERVICE_NOT_ENABLED', { also: ['ServiceNotEnabled'] }),
  convoAi('HTTP 403: AccountSuspended', 'PROJECT_INACTIVE', { also: ['AccountSuspended'] }),
  rtc('HTTP 400: invalid appid', 'APP_ID_UNKNOWN', { also: ['invalid appid'] }),
]
