import { type Attack, get, post, refusal, type Target } from './attack.ts'
import { stolenFrom } from './stolen-tokens.ts'

const WHY = 'Inspection says what a token is good for, and whether this server has signed it'
const path = '/v1/tokens/inspect'

/** Attacks on inspection, which only callers with its own credentials may use. */
export function inspectAttacks(target: Target): readonly Attack[] {
  const { authorization, cookie } = target
  const token = stolenFrom(target).mint()
  const expected = refusal(401, 'unauthenticated')
  const callers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    nobody: {},
    'a user of the endpoint': { authorization },
    'a user by cookie': { cookie },
    'whoever has the token': { authorization: `Bearer ${token}` },
  }
  return [
    ...Object.entries(callers).map(([name, headers]): Attack => ({
      name: `inspection by ${name}`,
      request: post({ token }, { path, headers }),
      expected,
      why: WHY,
    })),
    {
      name: 'inspection by GET',
      request: get(`${path}?token=${encodeURIComponent(token)}`, { authorization }),
      expected: refusal(405, 'method_not_allowed'),
      why: WHY,
    },
  ]
}
