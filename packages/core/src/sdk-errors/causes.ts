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

/** The meaning, the remedy and the related errors of each cause. */
export const CAUSES: Readonly<Record<SdkErrorCause, Cause>> = {
  // What is wrong with the token, or with the project that it is for.
  TOKEN_ENDED: about(
    [109, 118],
    'The token has ended.',
    'Join or log in with a new token, and renew before its end. Where it ended too early, compare the clocks, and whether a length of time and a timestamp were mixed up; Agora ends every token after 24 hours.',
  ),
  TOKEN_ENDED_OR_REFUSED: about(
    [109, 110, 118],
    'The token has ended, or is for another App ID, channel or user.',
    'Compare its end with the clock; where it has not ended, compare App ID, channel and user with those of the join.',
  ),
  TOKEN_REFUSED: about(
    [110],
    'The token does not fit: it is for another App ID, channel or user, it was signed with another App Certificate, or it was changed on the way.',
    'Compare App ID, channel and user of the token with those that are joined with, and the App Certificate with that of the project.',
  ),
  TOKEN_REFUSED_OR_MISSING: about(
    [110, 120],
    'No token was passed, or it does not fit: it is for another App ID, channel or user, it was signed with another App Certificate, or it was changed on the way.',
    'Look whether a token is passed; then compare its App ID, channel and user with those that are joined with, and the App Certificate with that of the project.',
  ),
  TOKEN_MISSING: about(
    [120],
    'The project has an App Certificate, and no token was passed.',
    'Pass a token, and look whether the variable is filled by then.',
  ),
  TOKEN_NOT_WANTED: about(
    [119],
    'A token was passed for a project without an App Certificate.',
    'Enable the App Certificate in the console, or pass no token.',
  ),
  TOKEN_NOT_USABLE: about(
    [110, 120],
    'What was passed as the token is empty, too long or not a string.',
    'Look at what the server answers and which member of it is passed; without a token say null.',
  ),
  TOKEN_OF_OTHER_APP: about(
    [110],
    'The token is for another App ID.',
    'Use App ID and App Certificate of one project on both sides.',
  ),
  TOKEN_OF_OTHER_CHANNEL: about(
    [110],
    'The token is for another channel.',
    'Make the token for exactly the channel that is joined.',
  ),
  TOKEN_OF_OTHER_USER: about(
    [110],
    'The token is for another user.',
    'Make the token for exactly the user that logs in, in the same spelling.',
  ),
  TOKEN_SIGNATURE: about(
    [110],
    'The token was signed with another App Certificate than that of the project, or changed on the way.',
    'Compare the App Certificate that signs with that of the project in the console, and look whether the token arrived whole.',
  ),
  TOKEN_WITHOUT_RIGHT: about(
    [110],
    'The token holds no right for this service.',
    'Make a token for it, such as with rtm(); the temporary tokens of the console are for RTC.',
  ),
  APP_ID_UNKNOWN: about(
    [101],
    'There is no project with this App ID.',
    'Copy the App ID from the console: 32 hexadecimal digits, without blanks and quotes.',
  ),
  PROJECT_INACTIVE: about(
    [],
    'The project of this App ID is not active.',
    'Look in the console whether the project is disabled or the account suspended.',
  ),

  // What tokens have no part in, though it is met while joining and renewing.
  TOKEN_ENDS_SOON: about(
    [],
    'The token ends soon; nothing has failed.',
    'Get a new token and pass it to the SDK before the end.',
  ),
  PERMISSION_DENIED: about(
    [],
    'The permissions in the token do not include this.',
    'Grant it with the permissions of rtm2(), or ask for less.',
  ),
  SERVICE_NOT_ENABLED: about(
    [],
    'The service is not enabled for the project, or was stopped.',
    'Enable it in the console.',
  ),
  NOT_JOINED: about(
    [],
    'The client is in no channel, or not logged in: not yet, not any more, or its token has ended.',
    'Join or log in with the new token; renewing is for a client that is connected.',
  ),
  ALREADY_JOINED: about(
    [],
    'The client is in the channel or logged in already, or is about to be.',
    'Leave or log out first, and wait for it; two calls at once are one too many.',
  ),
  LEFT_MEANWHILE: about(
    [],
    'leave was called while the client was joining.',
    'Nothing, if that was meant; else look what leaves, such as an effect that runs twice.',
  ),
  WRONG_STATE: about(
    [],
    'The call does not fit the state in which the client is.',
    'Look at the state of the connection at that time.',
  ),
  SAME_USER: about(
    [],
    'The same user is there already, from another client, tab or device.',
    'Give each client a user of its own, a shared screen too; do not join again by itself, or the two push each other out.',
  ),
  BANNED: about(
    [],
    'The server has put the user out.',
    'Look for a rule of the channel management API; do not join again by itself.',
  ),
  BANNED_OR_SAME_USER: about(
    [],
    'The server has put the user out, or the same user came in elsewhere.',
    'Look for a rule of the channel management API, and for a second client with this user; do not join again by itself.',
  ),
  SUPERSEDED: about(
    [],
    'A newer call took the place of this one.',
    'Nothing: the newer one counts.',
  ),
  TIMED_OUT: about(
    [],
    'The service did not answer in time.',
    'Try again; look at the network if it lasts.',
  ),
  TOO_OFTEN: about([], 'The calls come too often.', 'Wait between them; look for a loop.'),
  NOT_CONNECTED: about(
    [],
    'The client is not connected, so that it cannot do this.',
    'Wait until it is connected; after the end of the token, log in with a new one.',
  ),
  USER_INVALID: about(
    [],
    'The service does not take this user.',
    'Compare with what the documentation allows: length, alphabet, and number or string.',
  ),
  CHANNEL_INVALID: about(
    [],
    'The service does not take this channel.',
    'Compare with what the documentation allows: fewer than 64 bytes, and its alphabet.',
  ),
  ARGUMENT_INVALID: about(
    [],
    'An argument of the call is not valid.',
    'Compare the arguments with the documentation, an empty token among them.',
  ),
  CREDENTIALS_REFUSED: about(
    [109, 110, 118, 120],
    'The request is not authenticated: the header Authorization is missing, or what it holds is not accepted.',
    'Compare customer ID and customer secret (Basic); with a token, the header is `Authorization: agora token=…`, and channel and user of the token are those of the request.',
  ),
  CHAT_CREDENTIALS_REFUSED: about(
    [109, 110, 118, 120],
    'The chat service does not accept the token.',
    'Compare its App ID, user and end; the REST API takes an app token, as `Authorization: Bearer …`, and a client that of its user.',
  ),
  ACCESS_FORBIDDEN: about(
    [],
    'The credentials are accepted, and do not allow this.',
    'Look in the console whether the service is enabled, and at the account.',
  ),
  APP_KEY_INVALID: about(
    [],
    'The App Key is not valid.',
    'Copy it from the console; it is another thing than the App ID.',
  ),
  USER_UNKNOWN: about(
    [],
    'The chat service has no such user.',
    'Register the user first; a token does not do it.',
  ),
  ROLE_NOT_CHANGED: about(
    [],
    'The change of the role was refused.',
    'Join again; with co-host authentication on, only with a token of role publisher.',
  ),
  AUDIENCE: about(
    [],
    'The client has the role audience, which does not publish.',
    "Call setClientRole('host') first.",
  ),
  DECRYPTION: about(
    [],
    'What the others send cannot be decrypted: their encryption key is another one.',
    'Compare the encryption mode and key of both sides; the token has no part in it.',
  ),
  LOGIN_FAILED: about(
    [],
    'The login failed, for a reason that stands in the words behind it.',
    'Read them; look whether a token is passed.',
  ),
  SERVER_ERROR: about(
    [],
    'The service refused and does not say why.',
    'Try again; compare what the token was made with if it lasts.',
  ),
  NO_SERVER: about(
    [],
    'No server was named to join, for another reason than those in this table.',
    'Read the words behind it; the network, a proxy or the region are usual.',
  ),
  UNEXPECTED_ANSWER: about(
    [],
    'The server answered with an error that is not in this table.',
    'Read the words behind it, and data.code.',
  ),
}

function about(platformErrors: readonly PlatformError[], meaning: string, remedy: string): Cause {
  return { meaning, remedy, platformErrors }
}
