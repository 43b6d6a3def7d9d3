// CommonJS in TypeScript: what compiles here runs, since Node can require these packages.
import { createRenewer } from '@rtc-token/client-renewer'
import { createToken, rtc } from '@rtc-token/core'
import agoraToken = require('@rtc-token/core/compat/agora-token')
import { createTokenHandler } from '@rtc-token/server'

const services = [rtc({ channel: 'room', uid: 7, role: 'publisher' })]
const project = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
export const token: string = createToken({ ...project, ttl: 60, services })
export const builder: typeof agoraToken.RtcTokenBuilder = agoraToken.RtcTokenBuilder
export const factories: readonly Function[] = [createRenewer, createTokenHandler]
