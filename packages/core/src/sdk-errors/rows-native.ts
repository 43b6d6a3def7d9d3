import type { SdkErrorRow } from './meaning.ts'
import { rowsOf } from './rows-of.ts'
import { renewalCalls } from './sdk-calls.ts'

const SOURCE = 'react-native-agora 4.6.4'
const native = rowsOf(['native'], SOURCE)
const nativeRenewal = rowsOf(['native'], SOURCE, renewalCalls('native'))

/** Error codes come from `onError`, or as negative numbers from a call. */
const error = (name: string, code: number) => `${code} or -${code}, ${name}`
const reason = (name: string, code: number) => `onConnectionStateChanged, reason ${code}, ${name}`
const renewal = (name: string, code: number) => `onRenewTokenResult, code ${code}, ${name}`

const OTHER_KIND =
  'A token for an account needs joinChannelWithUserAccount(); an SDK older than version 007 of tokens needs version 006.'

/** The errors of the SDKs for phones and desktops. 118 to 120 of the Web mean something else here, or nothing. */
export const NATIVE_ROWS: readonly SdkErrorRow[] = [
  native(error('ErrInvalidAppId', 101), 'APP_ID_UNKNOWN', {
    texts: ['ErrInvalidAppId'],
    also: ['ERR_INVALID_APP_ID', 'AgoraErrorCodeInvalidAppId'],
    number: ['native error', 101],
  }),
  native(error('ErrTokenExpired', 109), 'TOKEN_ENDED', {
    texts: ['ErrTokenExpired'],
    also: ['ERR_TOKEN_EXPIRED', 'AgoraErrorCodeTokenExpired'],
    number: ['native error', 109],
  }),
  native(error('ErrInvalidToken', 110), 'TOKEN_REFUSED_OR_MISSING', {
    texts: ['ErrInvalidToken'],
    also: ['ERR_INVALID_TOKEN', 'AgoraErrorCodeInvalidToken'],
    number: ['native error', 110],
    note: OTHER_KIND,
  }),
  native(error('ErrSetClientRoleNotAuthorized', 119), 'ROLE_NOT_CHANGED', {
    texts: ['ErrSetClientRoleNotAuthorized'],
    also: ['ERR_SET_CLIENT_ROLE_NOT_AUTHORIZED'],
    number: ['native error', 119],
  }),
  native(error('ErrDecryptionFailed', 120), 'DECRYPTION', {
    texts: ['ErrDecryptionFailed'],
    also: ['ERR_DECRYPTION_FAILED', 'AgoraErrorCodeDecryptionFailed'],
    number: ['native error', 120],
  }),
  native(error('ErrInvalidUserId', 121), 'USER_INVALID', {
    texts: ['ErrInvalidUserId'],
    also: ['ERR_INVALID_USER_ID'],
    number: ['native error', 121],
  }),
  native(error('ErrClientIsBannedByServer', 123), 'BANNED', {
    texts: ['ErrClientIsBannedByServer'],
    also: ['ERR_CLIENT_IS_BANNED_BY_SERVER'],
    number: ['native error', 123],
  }),
  native(error('ErrInvalidUserAccount', 134), 'USER_INVALID', {
    texts: ['ErrInvalidUserAccount'],
    also: ['ERR_INVALID_USER_ACCOUNT'],
    number: ['native error', 134],
  }),
  native(error('ErrJoinChannelRejected', 17), 'ALREADY_JOINED', {
    texts: ['ErrJoinChannelRejected'],
    also: ['ERR_JOIN_CHANNEL_REJECTED', 'AgoraErrorCodeJoinChannelRejected'],
    number: ['native error', 17],
  }),
  native(error('ErrInvalidArgument', 2), 'ARGUMENT_INVALID', {
    texts: ['ErrInvalidArgument'],
    also: ['ERR_INVALID_ARGUMENT'],
    number: ['native error', 2],
    platformErrors: [110, 120],
  }),
  native(error('ErrNotInitialized', 7), 'WRONG_STATE', {
    texts: ['ErrNotInitialized'],
    also: ['ERR_NOT_INITIALIZED'],
    number: ['native error', 7],
    note: 'Call initialize() first.',
  }),

  native(reason('ConnectionChangedBannedByServer', 3), 'BANNED', {
    texts: ['ConnectionChangedBannedByServer'],
    also: ['CONNECTION_CHANGED_BANNED_BY_SERVER'],
    number: ['native connection reason', 3],
  }),
  native(reason('ConnectionChangedInvalidAppId', 6), 'APP_ID_UNKNOWN', {
    texts: ['ConnectionChangedInvalidAppId'],
    also: ['CONNECTION_CHANGED_INVALID_APP_ID'],
    number: ['native connection reason', 6],
  }),
  native(reason('ConnectionChangedInvalidChannelName', 7), 'CHANNEL_INVALID', {
    texts: ['ConnectionChangedInvalidChannelName'],
    also: ['CONNECTION_CHANGED_INVALID_CHANNEL_NAME'],
    number: ['native connection reason', 7],
  }),
  native(reason('ConnectionChangedInvalidToken', 8), 'TOKEN_REFUSED_OR_MISSING', {
    texts: ['ConnectionChangedInvalidToken'],
    also: ['CONNECTION_CHANGED_INVALID_TOKEN', 'AgoraConnectionChangedInvalidToken'],
    number: ['native connection reason', 8],
    note: OTHER_KIND,
  }),
  native(reason('ConnectionChangedTokenExpired', 9), 'TOKEN_ENDED', {
    texts: ['ConnectionChangedTokenExpired'],
    also: ['CONNECTION_CHANGED_TOKEN_EXPIRED', 'AgoraConnectionChangedTokenExpired'],
    number: ['native connection reason', 9],
  }),
  native(reason('ConnectionChangedRejectedByServer', 10), 'ALREADY_JOINED', {
    texts: ['ConnectionChangedRejectedByServer'],
    also: ['CONNECTION_CHANGED_REJECTED_BY_SERVER', 'AgoraConnectionChangedRejectedByServer'],
    number: ['native connection reason', 10],
  }),
  native(reason('ConnectionChangedSameUidLogin', 19), 'SAME_USER', {
    texts: ['ConnectionChangedSameUidLogin'],
    also: ['CONNECTION_CHANGED_SAME_UID_LOGIN', 'AgoraConnectionChangedSameUidLogin'],
    number: ['native connection reason', 19],
  }),
  native(reason('ConnectionChangedInconsistentAppid', 24), 'TOKEN_OF_OTHER_APP', {
    texts: ['ConnectionChangedInconsistentAppid'],
    also: ['CONNECTION_CHANGED_INCONSISTENT_APPID'],
    number: ['native connection reason', 24],
  }),

  nativeRenewal(renewal('RenewTokenFailure', 1), 'SERVER_ERROR', {
    texts: ['RenewTokenFailure'],
    also: ['RENEW_TOKEN_FAILURE'],
    number: ['native renewal', 1],
  }),
  nativeRenewal(renewal('RenewTokenTokenExpired', 2), 'TOKEN_ENDED', {
    texts: ['RenewTokenTokenExpired'],
    also: ['RENEW_TOKEN_TOKEN_EXPIRED'],
    number: ['native renewal', 2],
  }),
  nativeRenewal(renewal('RenewTokenInvalidToken', 3), 'TOKEN_REFUSED_OR_MISSING', {
    texts: ['RenewTokenInvalidToken'],
    also: ['RENEW_TOKEN_INVALID_TOKEN'],
    number: ['native renewal', 3],
  }),
  nativeRenewal(renewal('RenewTokenInvalidChannelName', 4), 'TOKEN_OF_OTHER_CHANNEL', {
    texts: ['RenewTokenInvalidChannelName'],
    also: ['RENEW_TOKEN_INVALID_CHANNEL_NAME'],
    number: ['native renewal', 4],
  }),
  nativeRenewal(renewal('RenewTokenInconsistentAppid', 5), 'TOKEN_OF_OTHER_APP', {
    texts: ['RenewTokenInconsistentAppid'],
    also: ['RENEW_TOKEN_INCONSISTENT_APPID'],
    number: ['native renewal', 5],
  }),
  nativeRenewal(renewal('RenewTokenCanceledByNewRequest', 6), 'SUPERSEDED', {
    texts: ['RenewTokenCanceledByNewRequest'],
    also: ['RENEW_TOKEN_CANCELED_BY_NEW_REQUEST'],
    number: ['native renewal', 6],
  }),

  nativeRenewal('onRequestToken', 'TOKEN_ENDED', { texts: ['onRequestToken'] }),
  native('onTokenPrivilegeWillExpire', 'TOKEN_ENDS_SOON', {
    texts: ['onTokenPrivilegeWillExpire'],
    note: 'The token that comes with it is the one in use, not a new one.',
  }),
]
