import { type Ask, type Authorizer, type Decision, deny, rules } from '@rtc-token/server'
import type { Person } from './directory.ts'

/* oxlint-disable no-template-curly-in-string -- patterns are written that way */

const byRules: Authorizer<Person> = rules<Person>(
  [
    {
      channel: 'tenant-${subject.tenant}-*',
      role: 'publisher',
      services: ['rtc', 'rtm'],
      ttl: '1h',
      if: ({ subject }) => subject.part === 'host',
    },
    {
      channel: 'tenant-${subject.tenant}-stage',
      role: 'publisher',
      services: ['rtc', 'rtm'],
      ttl: '15m',
      if: ({ subject }) => subject.part === 'speaker',
    },
    { channel: 'tenant-${subject.tenant}-*', services: ['rtc', 'rtm'], ttl: '15m' },
  ],
  { identity: ({ uid }) => ({ uid }) },
)

/** The policy of the labs: bans first, then the list, where the first rule that matches grants. */
export function labPolicy(ask: Ask<Person>): Decision | Promise<Decision> {
  if (ask.subject.isBanned) return deny('forbidden', 'This user is banned until further notice')
  return byRules(ask)
}
