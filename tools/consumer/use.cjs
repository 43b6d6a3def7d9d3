const assert = require('node:assert/strict')
assert.equal(typeof require('@rtc-token/core').createToken, 'function')
assert.equal(typeof require('@rtc-token/server').createTokenHandler, 'function')
assert.equal(typeof require('@rtc-token/client-renewer').createRenewer, 'function')
