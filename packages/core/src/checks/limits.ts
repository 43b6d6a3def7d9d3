/** 24 hours in seconds. Agora ends every token after this time, even one that claims a longer lifetime. */
export const MAX_LIFE_SECONDS = 86_400

/** 128 KiB. No Agora token is longer; longer strings are refused without being decoded. */
export const MAX_TOKEN_LENGTH = 131_072

/** 256 KiB. No Agora token holds more bytes once it is decompressed. */
export const MAX_CONTENT_LENGTH = 262_144

/** The largest uid, and the largest number a token can hold. */
export const MAX_U32 = 0xffffffff

/**
 * Seconds from this number on are taken for a timestamp (September 2001 or later), and seconds below it
 * for a duration.
 */
export const FIRST_TIMESTAMP = 1_000_000_000

/** Agora's limit for channel names. */
export const MAX_CHANNEL_BYTES = 63

/** Agora's limit for user accounts. */
export const MAX_ACCOUNT_BYTES = 255

/** Agora's limit for user ids of messaging and chat. */
export const MAX_USER_ID_BYTES = 64

/** Agora's limit for uuids of aPaaS. */
export const MAX_UUID_BYTES = 255
