const assert = require('node:assert/strict')
assert.equal(typeof require('@rtc-token/core').createToken, 'function')
assert.equal(typeof require('@rtc-token/server').createTokenHandler, 'function')
assert.equal(typeof require('@rtc-token/client-renewer').createRenewer, 'function')

const { RtcRole, RtcTokenBuilder } = require('@rtc-token/core/compat/agora-access-token')
const ids = ['a'.repeat(32), 'b'.repeat(32)]
assert.match(RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 7, RtcRole.PUBLISHER, 0), /^006/)
