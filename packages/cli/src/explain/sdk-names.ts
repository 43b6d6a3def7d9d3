/** The SDKs whose errors are known. */
export const SDK_NAMES = ['web', 'native', 'rtm', 'rtm-v1', 'chat', 'rest'] as const
