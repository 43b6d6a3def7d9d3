/** Seconds. The service ends every token after 24 hours, even one that claims a longer life. */
export const MAX_LIFE_SECONDS = 86_400

/** 128 KiB: no Agora token is longer, and a longer text is refused unread. */
export const MAX_TOKEN_LENGTH = 131_072

/** 256 KiB: no Agora token holds more bytes once expanded. */
export const MAX_CONTENT_LENGTH = 262_144

/** The largest uid, and the largest number a token can hold. */
export const MAX_U32 = 0xffffffff

/**
 * A number of seconds from here on is a timestamp (September 2001 or later), one below it a length of
 * time.
 */
export const FIRST_TIMESTAMP = 1_000_000_000

/** No documented channel is longer. */
export const MAX_CHANNEL_BYTES = 63

/** No documented user account is longer. */
export const MAX_ACCOUNT_BYTES = 255

/** No documented user id of messaging and chat is longer. */
export const MAX_USER_ID_BYTES = 64

/** No documented uuid of aPaaS is longer. */
export const MAX_UUID_BYTES = 255
