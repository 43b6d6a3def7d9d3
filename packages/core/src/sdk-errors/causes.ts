import type { PlatformError } from '../explain/finding-kinds.ts'

interface Cause {
  readonly meaning: string
  readonly remedy: string
  readonly platformErrors: readonly PlatformError[]
}

/** The cause behind an error of an SDK. Causes are removed or renamed only in a major release. */
export type SdkErrorCause =
  | 'TOKEN_ENDED'
  | 'TOKEN_ENDED_OR_REFUSED'
  | 'TOKEN_REFUSED'
  | 'TOKEN_REFUSED_OR_MISSING'
  | 'TOKEN_MISSING'
  | 'TOKEN_NOT_WANTED'
  | 'TOKEN_NOT_USABLE'
  | 'TOKEN_OF_OTHER_APP'
  | 'TOKEN_OF_OTHER_CHANNEL'
  | 'TOKEN_OF_OTHER_USER'
  | 'TOKEN_SIGNATURE'
  | 'TOKEN_WITHOUT_RIGHT'
  | 'APP_ID_UNKNOWN'
  | 'PROJECT_INACTIVE'
  | 'TOKEN_ENDS_SOON'
  | 'PERMISSION_DENIED'
  | 'SERVICE_NOT_ENABLED'
  | 'NOT_JOINED'
  | 'ALREADY_JOINED'
  | 'LEFT_MEANWHILE'
  | 'WRONG_STATE'
  | 'SAME_USER'
  | 'BANNED'
  | 'BANNED_OR_SAME_USER'
  | 'SUPERSEDED'
  | 'TIMED_OUT'
  | 'TOO_OFTEN'
  | 'NOT_CONNECTED'
  | 'USER_INVALID'
  | 'CHANNEL_INVALID'
  | 'ARGUMENT_INVALID'
  | 'CREDENTIALS_REFUSED'
  | 'CHAT_CREDENTIALS_REFUSED'
  | 'ACCESS_FORBIDDEN'
  | 'APP_KEY_INVALID'
  | 'USER_UNKNOWN'
  | 'ROLE_NOT_CHANGED'
  | 'AUDIENCE'
  | 'DECRYPTION'
  | 'LOGIN_FAILED'
  | 'SERVER_ERROR'
  | 'NO_SERVER'
  | 'UNEXPECTED_ANSWER'

/** The meaning, the remedy and the related errors of each cause. `nameCalls` fills in the calls of a remedy. */
export const CAUSES: Readonly<Record<SdkErrorCause, Cause>> = {
  // Problems with the token, or with its project.
  TOKEN_ENDED: about(
    [109, 118],
    'The token has expired.',
    'Fetch a new token and pass it to {pass}. Pass the next one to renewToken() before this one expires. If it expired too early, check the clock of the server that signs and, with agora-access-token only, that privilegeExpiredTs gets a timestamp, not a length of time. Agora ends every token after 24 hours.',
  ),
  TOKEN_ENDED_OR_REFUSED: about(
    [109, 110, 118],
    'The token has expired, or is for another App ID, channel or user.',
    'Fetch a new token and pass it to {pass}. If that fails too, compare what the token was made for (user, channel, App ID) with what you pass to {enter}.',
  ),
  TOKEN_REFUSED: about(
    [110],
    'The token does not match: it is for another App ID, channel or user, it was signed with another App Certificate, or it was changed in transit.',
    'Compare what the token was made for (user, channel, App ID) with what you pass to {enter}, to the letter. If they are the same, compare the App Certificate that signs it with the one in the Agora Console.',
  ),
  TOKEN_REFUSED_OR_MISSING: about(
    [110, 120],
    'No token was passed, or it does not match: it is for another App ID, channel or user, it was signed with another App Certificate, or it was changed in transit.',
    'Log what {pass} gets: undefined and an empty string are no token. If there is a token, compare what it was made for (user, channel, App ID) with what you pass to {enter}, then the App Certificate that signs it with the one in the Agora Console.',
  ),
  TOKEN_MISSING: about(
    [120],
    'The project has an App Certificate, so it needs a token, and none was passed.',
    'Wait for the token from your server, and pass it to {pass}. Log it right before the call: null, undefined and an empty string are no token.',
  ),
  TOKEN_NOT_WANTED: about(
    [119],
    'A token was passed, but the project has no App Certificate.',
    'Check that the App ID is the one that your server signs for. If it is, enable the App Certificate in the Agora Console.',
  ),
  TOKEN_NOT_USABLE: about(
    [110, 120],
    'What was passed as the token is empty, too long or not a string.',
    "Log what {pass} gets, and pass the string in your server's reply, such as reply.token: not the whole reply, nor a promise.",
  ),
  TOKEN_OF_OTHER_APP: about(
    [110],
    'The token is for another App ID.',
    'Give your server the App ID and App Certificate of one project, and the SDK the same App ID.',
  ),
  TOKEN_OF_OTHER_CHANNEL: about(
    [110],
    'The token is for another channel.',
    'Make the token for exactly the channel that is joined: letter case and spaces count, and a new token cannot change the channel.',
  ),
  TOKEN_OF_OTHER_USER: about(
    [110],
    'The token is for another user.',
    'Make the token for exactly the user ID that logs in; letter case counts.',
  ),
  TOKEN_SIGNATURE: about(
    [110],
    "The token was signed with an App Certificate other than the project's, or was changed in transit.",
    'Make the token with rtm() for the user who logs in. If it is one already, compare the App Certificate that signs it with the one in the Agora Console, and check that it arrives whole.',
  ),
  TOKEN_WITHOUT_RIGHT: about(
    [110],
    'The token does not grant this service.',
    'Make the token with rtm() for the user who logs in; RtcTokenBuilder and the temporary tokens of the Agora Console are for calls.',
  ),
  APP_ID_UNKNOWN: about(
    [101],
    'No project has this App ID.',
    'Log the App ID that the SDK gets, and copy it again from the Agora Console: 32 hexadecimal digits, without spaces or quotes. An environment variable may be missing in the build.',
  ),
  PROJECT_INACTIVE: about(
    [],
    'The project of this App ID is not active.',
    'Enable the project in the Agora Console; if the account is suspended, look at its billing.',
  ),

  // Errors that have nothing to do with tokens, but happen while joining and renewing.
  TOKEN_ENDS_SOON: about(
    [],
    'The token expires soon; nothing has failed.',
    'Fetch a new token now, and pass it to renewToken().',
  ),
  PERMISSION_DENIED: about(
    [],
    'The permissions in the token do not cover this.',
    'Add it to the permissions of rtm2() on your server, and pass the new token to renewToken().',
  ),
  SERVICE_NOT_ENABLED: about(
    [],
    'The service is not enabled for the project, or has been stopped.',
    'Enable the service for this App ID in the Agora Console.',
  ),
  NOT_JOINED: about(
    [],
    'The client is not in a channel or not logged in: not yet, no longer, or because its token has expired.',
    'Wait until {enter} has succeeded. If the client was connected before, fetch a new token and call {enter} again: renewToken() works only while it is connected.',
  ),
  ALREADY_JOINED: about(
    [],
    'The client has joined or logged in already, or is doing so now.',
    'Call {enter} once, and wait for {leave} before you call it again. In React, an effect that runs twice calls it twice.',
  ),
  LEFT_MEANWHILE: about(
    [],
    'The client was told to leave or log out before this had finished.',
    'Ignore it if you meant to leave. Otherwise look for what calls {leave}: in React, often the clean-up of an effect that runs twice.',
  ),
  WRONG_STATE: about(
    [],
    'The client is not in a state in which it can do this.',
    'Read the text after the code, and wait for the calls before this one, such as {enter} or {leave}.',
  ),
  SAME_USER: about(
    [],
    'The same user has connected from another client, tab or device.',
    'Give each client its own uid or user ID, and a shared screen another one. Do not call {enter} again automatically: the two clients would push each other out in turn.',
  ),
  BANNED: about(
    [],
    'The server has removed the user.',
    'Find out who removed the user: a kicking rule of the channel management API, the Agora Console or your own server. Do not call {enter} again automatically; delete the rule, or wait until it ends.',
  ),
  BANNED_OR_SAME_USER: about(
    [],
    'The server has removed the user, or the same user has connected elsewhere.',
    'Look for a second client, tab or device with this uid, then for a kicking rule of the channel management API. Do not call {enter} again automatically.',
  ),
  SUPERSEDED: about([], 'A newer call has replaced this one.', 'Ignore it: the newer call counts.'),
  TIMED_OUT: about(
    [],
    'The service did not answer in time.',
    'Try again after a few seconds. If it keeps failing, check whether a firewall or a proxy blocks Agora.',
  ),
  TOO_OFTEN: about(
    [],
    'This was called too often.',
    'Wait before you call it again, and look for a loop that tries again without a pause.',
  ),
  NOT_CONNECTED: about(
    [],
    'The client is not connected, so it cannot do this.',
    'Wait until it is connected. If its token has expired, call {enter} with a new one.',
  ),
  USER_INVALID: about(
    [],
    'The service does not accept this user.',
    'Check what {enter} gets as the user: a whole number up to 4294967295, or a string of up to 255 bytes in calls and 64 in messaging, without quotes, slashes or anything outside ASCII.',
  ),
  CHANNEL_INVALID: about(
    [],
    'The service does not accept this channel.',
    'Use 1 to 63 ASCII characters, without quotes, slashes or asterisks.',
  ),
  ARGUMENT_INVALID: about(
    [],
    'An argument of the call is invalid.',
    'Log the arguments, the token first: it may be undefined or empty. Then compare them with the reference of the SDK.',
  ),
  CREDENTIALS_REFUSED: about(
    [109, 110, 118, 120],
    'The request is not authenticated: the header Authorization is missing, or what it holds is not accepted.',
    'Send the customer ID and customer secret as `Authorization: Basic …`; they are not the App ID and certificate. With a token, send `Authorization: agora token=…`, made for the channel and user in the request.',
  ),
  CHAT_CREDENTIALS_REFUSED: about(
    [109, 110, 118, 120],
    'The chat service does not accept the token.',
    'Compare the user and App ID that the token was made for, with chat(), and when it ends. Pass {enter} the token of that user; the REST API takes an app token, as `Authorization: Bearer …`.',
  ),
  ACCESS_FORBIDDEN: about(
    [],
    'The credentials are accepted but do not allow this.',
    'Enable the service for this App ID in the Agora Console, and check that customer ID and App ID belong to one account.',
  ),
  APP_KEY_INVALID: about(
    [],
    'The App Key is invalid.',
    'Copy the App Key from the Agora Console: it has the form 41117440#383391, and is not the App ID.',
  ),
  USER_UNKNOWN: about(
    [],
    'The chat service has no such user.',
    'Register the user first, with POST /users of the REST API: a token does not create it.',
  ),
  ROLE_NOT_CHANGED: about(
    [],
    'The change of role was refused.',
    'Fetch a token for the role publisher and call {enter} again with it: with co-host authentication on, a token for a subscriber cannot become a host.',
  ),
  AUDIENCE: about(
    [],
    'The client has the role audience, which cannot publish.',
    "Call setClientRole('host') before publish().",
  ),
  DECRYPTION: about(
    [],
    'What other users send cannot be decrypted: their encryption key or mode differs.',
    'Pass the same encryption mode, key and salt to enableEncryption() in every client. The token has no part in it.',
  ),
  LOGIN_FAILED: about(
    [],
    'The login failed; the text after it says why.',
    'Read that text, and check that {enter} gets a registered user and the token of that user.',
  ),
  SERVER_ERROR: about(
    [],
    'The service refused without saying why.',
    'Try again after a few seconds. If it keeps failing, compare what the token was made for with what you pass to {enter}.',
  ),
  NO_SERVER: about(
    [],
    'No server was found to join; the text after it says why.',
    'Look up that text. If there is none, check the network: a firewall, a proxy, an ad blocker, or a region set with setArea().',
  ),
  UNEXPECTED_ANSWER: about(
    [],
    'The server answered with an error; its number is in data.code.',
    'Look up that number, and the text after UNEXPECTED_RESPONSE.',
  ),
}

function about(platformErrors: readonly PlatformError[], meaning: string, remedy: string): Cause {
  return { meaning, remedy, platformErrors }
}
