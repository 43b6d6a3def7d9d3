// What people type and the pages call by another name. All of it stands here.

/**
 * For a word or a phrase of a question: what the pages say instead. A phrase is asked for as a whole; `|` separates
 * what may stand in its place. Where it has a stop word, only that is sought.
 */
export const SYNONYMS: Readonly<Record<string, string>> = {
  kick: 'remove|ban',
  kicked: 'removed|banned',
  revoke: 'remove',
  block: 'remove|ban',
  refresh: 'renew',
  extend: 'renew',
  automatically: 'renewer',
  generate: 'create',
  generator: 'create',
  secret: 'certificate',
  backend: 'server|endpoint',
  frontend: 'page|renewer',
  k8s: 'containers',
  kubernetes: 'containers',
  websocket: 'connection',
  throttle: 'limit',
  throttling: 'limits',
  quota: 'limit',
  crash: 'failed',
  swift: 'native',
  kotlin: 'native',
  flutter: 'native',
  everybody: 'users',
  everyone: 'users',
  rejects: 'fails|refused',
  rejected: 'refused',
  'not working': 'fails|refused',
  'does not work': 'fails|refused',
  'doesnt work': 'fails|refused',
  cant: 'fails|refused',
  cannot: 'fails|refused',
  week: '24 hours',
  'seven days': '24 hours',
  '7 days': '24 hours',
  '30 days': '24 hours',
  'never expires': '24 hours',
  zero: '0',
  'read only': 'subscriber',
  'listen only': 'subscriber|listener',
  'only listen': 'subscriber|listener',
  link: 'ticket',
  invite: 'guest|ticket',
  invitation: 'guest|ticket',
  visitor: 'guest',
  anonymous: 'guest',
  'come back': 'rejoin',
  'comes back': 'rejoin',
  'for good': 'forever',
  permanently: 'forever',
  'after an hour': 'expired',
  screenshare: 'screen sharing',
  screensharing: 'screen sharing',
  leaked: 'certificate rotate',
  'how long': 'life',
  rtm: 'signaling',
}

/**
 * Words for a page or a part of it, by its address without `.html`: questions that it answers and tells in other
 * words. The site does not build when the part is not there.
 */
export const KEYWORDS: Readonly<Record<string, string>> = {
  inspector: 'decode parse read paste check a token online',
  start: 'quickstart getting started tutorial hello world setup first example sample how to begin',
  refused:
    "can't cannot can not join not working rejected denied unauthorized invalid bad wrong token",
  'refused#it-has-expired': 'seven days week month never expires longer expiration expiry',
  'refused#the-token-of-the-first-call': 'second call hang up rejoin again after leave reload',
  'refused#another-user': 'uid zero mismatch wrong user',
  'refused#users-with-a-uuid': 'uuid string uid user id text console token works mine does not',
  'refused#a-token-for-a-call-in-signaling': 'rtm token chat login',
  'moving-endpoint#8-the-end-is-computed-when-the-module-loads': 'same token cached again',
  'moving-endpoint#4-uid-0': 'uid zero one token for everyone shared token',
  'moving-endpoint#10-the-certificate-is-in-the-page':
    'buffer is not defined client side browser react native generate token in the app agora-token',
  'moving#from-agora-token-or-agora-access-token':
    'tokenExpire privilegeExpire token_expire privilege_expire difference',
  'what-happens': 'offline no internet network lost sleep outage reconnect',
  'which-token': 'how long life expiration rtm token rtc token kinds types difference',
  'packages/client-renewer': 'renew refresh automatically auto in the background',
  'ui-kits#the-kit': 'flutter agora_uikit',
  'which-token#screen-sharing-a-second-uid-needs-a-second-token':
    'screen share sharing uid token second client',
  'which-token#token-expire-and-privilege-expire':
    'tokenExpire privilegeExpire token expire privilege expire difference vs 0',
  'refused#works-on-the-web-but-not-on-phones': 'web android ios flutter mobile app phone 110',
  'agora-rest': 'mute everybody unmute kick ban rule',
  'removing-a-user#put-out': 'kick ban banned user rejoin come back again forever',
  'policies#guests-with-tickets': 'guest join invite link without account sign-in listen only',
  'moving-endpoint#9-a-timestamp-as-a-length':
    'Date.now() / 1000 + 3600 Math.floor now expireAt expirationTimestamp agora-token',
  'scan#moment-as-length': 'Date.now() / 1000 + 3600 Math.floor now agora-token',
  'errors/sdk/rtm-v1-login-5-login_err_invalid_token': 'rtm login fails error 5 expired',
}
