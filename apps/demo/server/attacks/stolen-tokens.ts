import { deflateSync } from 'node:zlib'
import { createToken, rtc } from '@rtc-token/core'
import type { AttackTarget } from './attack-row.ts'
import { madeUpCertificate, type ThrowAwayProject } from '../project/lab-project.ts'

const LIN = { channel: 'tenant-acme-stage', uid: 1003, role: 'subscriber' } as const
const HOST = { ...LIN, uid: 1001 }

/** Makes the tokens that an attacker of a project may have caught, and some that look like them. */
export function stolenFrom(project: ThrowAwayProject): AttackTarget['tokens'] {
  const issuedAt = Math.floor(Date.now() / 1000)
  const standard = { ...project, issuedAt, ttl: 900, services: [rtc(LIN)] }
  return {
    own: createToken(standard),
    ofHost: createToken({ ...standard, services: [rtc(HOST)] }),
    foreign: createToken({ ...standard, appCertificate: madeUpCertificate() }),
    ended: createToken({ ...standard, issuedAt: issuedAt - 86_400 }),
    bomb: `007${deflateSync(new Uint8Array(4 * 2 ** 20)).toString('base64')}`,
  }
}
