import type { ProblemCode } from '@rtc-token/core/contract'

/** Method, path, and the body where there is one, sent without a media type; and why it is refused. */
export type RecordedRequest = readonly [request: string, status: number, code?: ProblemCode]

/**
 * What the tests and the README of agora-token-service ask for, and what lies close to it, with the
 * status that comes there and here; where the two differ the request is a row of `DIFFERENCES.md`. The
 * statuses are those of the service itself, built at b1fa0fc of December 2024 and asked on loopback,
 * with redirects followed: there, every path exists either with or without the slash at its end.
 */
export const RECORDED: readonly RecordedRequest[] = [
  ['GET /ping', 200],
  ['GET /ping/', 200],
  ['GET /', 404, 'not_found'],
  ['GET /rtc/fsda/publisher/uid/', 404, 'not_found'],
  ['GET /rtc/fsda/publisher/uid', 404, 'not_found'],
  ['GET /rtc/fsda/publisher/uid/7/?expiry=600', 200],
  ['GET /rtc/fsda/publisher/uid/7', 200],
  ['GET /rtc/fsda/publisher/uid/test/?expiry=600', 400, 'identity_invalid'],
  ['GET /rtc/fsda/publisher/uid/0/?expiry=failing', 400, 'identity_invalid'],
  ['GET /rtc/fsda/publisher/uid/7/?expiry=failing', 400, 'ttl_invalid'],
  ['GET /rtc/fsda/publisher/uid/7/?expiry=', 400, 'ttl_invalid'],
  ['GET /rtc/fsda/publisher/uid/7/?expiry=-1', 400, 'ttl_invalid'],
  ['GET /rtc/fsda/publisher/userAccount/0/', 200],
  ['GET /rtc/fsda/publisher/nonsense/0/', 400, 'invalid_request'],
  ['GET /rtc/a%20b/subscriber/userAccount/alice/', 200],
  ['GET /rtm/username/?expiry=600', 200],
  ['GET /rtm/username', 200],
  ['GET /rtm/0/?expiry=600', 400, 'identity_invalid'],
  ['GET /rtm/', 404, 'not_found'],
  ['GET /chat/account/username/', 200],
  ['GET /chat/account/username', 200],
  ['GET /chat/account/', 404, 'not_found'],
  ['GET /chat/invalid/', 404, 'not_found'],
  ['GET /chat/account/username/?expiry=600', 200],
  ['GET /chat/account/username/?expiry=fail', 400, 'ttl_invalid'],
  ['GET /rte/channelName/publisher/uid/2345/?expiry=600', 200],
  ['GET /rte/channelName/subscriber/uid/2345/?expiry=600', 200],
  ['GET /rte/channelName/publisher/uid/2345/2345/', 200],
  ['GET /rte/channelName/publisher/uid/2345/2345', 200],
  ['GET /rte/channelName/publisher/uid/2345//', 200],
  ['GET /rte/channelName/publisher/userAccount/alice/alice/', 200],
  ['GET /rte/channelName/publisher/uid/0/?expiry=600', 400, 'identity_invalid'],
  ['GET /rte/channelName/publisher/userAccount/0/', 400, 'identity_invalid'],
  ['GET /rte/channelName/publisher/uid/2345/?expiry=failing', 400, 'ttl_invalid'],
  ['GET /rte/c/publisher/uid/test/test/', 400, 'identity_invalid'],
  [
    'POST /getToken {"tokenType":"rtc","channel":"channel123","role":"publisher","uid":"user123","expire":3600}',
    200,
  ],
  ['POST /getToken {"tokenType":"rtc","channel":"c","role":"subscriber","uid":"123"}', 200],
  ['POST /getToken {"tokenType":"rtm","uid":"user456","expire":1800}', 200],
  ['POST /getToken {"tokenType":"rtm","uid":"user456","expire":1800,"channel":"test"}', 200],
  ['POST /getToken {"tokenType":"rtm","uid":"user456","channel":null}', 200],
  ['POST /getToken {"tokenType":"chat","uid":"user789","expire":900}', 200],
  ['POST /getToken {"tokenType":"chat","uid":"user123"}', 200],
  ['POST /getToken/ {"tokenType":"rtm","uid":"user456"}', 200],
  [
    'POST /getToken {"channel":"channel456","role":"subscriber","expire":1800}',
    400,
    'invalid_request',
  ],
  [
    'POST /getToken {"tokenType":"invalid_type","channel":"c","role":"publisher","uid":"user123"}',
    400,
    'invalid_request',
  ],
  [
    'POST /getToken {"tokenType":"rtc","role":"publisher","uid":"user123","expire":3600}',
    400,
    'channel_invalid',
  ],
  ['POST /getToken {"tokenType":"rtc","channel":"c","role":"subscriber"}', 400, 'identity_invalid'],
  ['POST /getToken {"tokenType":"rtm","expire":1800}', 400, 'identity_invalid'],
  ['POST /getToken {"tokenType":"rtm","uid":""}', 400, 'wildcard_refused'],
  ['POST /getToken ', 400, 'invalid_json'],
  ['POST /getToken {"tokenType":', 400, 'invalid_json'],
]
