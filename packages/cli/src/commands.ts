import type { Command } from './arguments/command.ts'
import { SDK_NAMES } from './explain/sdk-names.ts'
import { EXPECTATION_OPTIONS } from './project/expectations.ts'
import { SERVICE_NAMES } from './project/services.ts'

const ENV_FILE = {
  value: 'FILE',
  about: 'read the App ID and certificate from this file',
  isMany: true,
} as const

/** Every command by name. A token without a command runs `explain`. */
export const COMMANDS = {
  explain: {
    summary: 'say what a token is, and why it is refused',
    note: 'Without TOKEN, reads standard input.',
    takes: '[TOKEN]',
    mostPositionals: 1,
    options: {
      ...EXPECTATION_OPTIONS,
      error: {
        value: 'TEXT',
        about: 'explain what an SDK printed, with the token if one is given',
      },
      sdk: {
        value: 'NAME',
        about: `the SDK that printed it: ${SDK_NAMES.join(', ')}`,
        choices: SDK_NAMES,
      },
    },
    examples: [
      'rtc-token explain 007eJx… --channel room-42 --uid 7',
      'rtc-token explain --error "DYNAMIC_KEY_EXPIRED"',
    ],
    load: async () => (await import('./explain/explain.ts')).explain,
  },
  mint: {
    summary: 'make a token',
    note: 'Standard output has the token and nothing else.',
    takes: '',
    mostPositionals: 0,
    options: {
      channel: { value: 'NAME', about: 'the channel (for apaas, the room)' },
      uid: { value: 'N', about: 'the user, 1 to 4294967295' },
      account: { value: 'NAME', about: 'the user account, instead of a uid' },
      'any-user': { about: 'a token that every user may use' },
      'user-id': {
        value: 'NAME',
        about: 'the user for messaging and chat; default: the account or uid',
      },
      role: {
        value: 'ROLE',
        about: 'publisher or subscriber (default); for apaas, a number',
        choices: ['publisher', 'subscriber'],
      },
      for: { value: 'LENGTH', about: 'how long it lives: 90s, 15m, 1h (default); at most 24h' },
      service: {
        value: 'LIST',
        about: `default rtc; one or more of ${SERVICE_NAMES.join(',')}`,
        choices: SERVICE_NAMES,
      },
      permission: {
        value: 'P',
        about: 'for rtm2, such as messageChannels.read=news',
        isMany: true,
      },
      app: { about: 'for chat and apaas: a token for your own server' },
      version: { value: 'V', about: '007 (default) or 006', choices: ['007', '006'] },
      'app-id': { value: 'ID', about: 'default: from the environment' },
      'env-file': ENV_FILE,
    },
    examples: ['rtc-token mint --channel room-42 --uid 7 --role publisher --for 15m'],
    load: async () => (await import('./mint.ts')).mint,
  },
  verify: {
    summary: 'check a token, and answer by the exit status',
    note: 'Without TOKEN, reads standard input.',
    takes: '[TOKEN]',
    mostPositionals: 1,
    options: {
      ...EXPECTATION_OPTIONS,
      tolerance: { value: 'LENGTH', about: 'how far clocks may differ; default 0' },
    },
    examples: ['rtc-token verify "$TOKEN" --channel room-42 --uid 7 || echo refused'],
    load: async () => (await import('./verify.ts')).verify,
  },
  doctor: {
    summary: 'check this project, or whether an endpoint is safe',
    takes: '[URL]',
    mostPositionals: 1,
    options: {
      header: {
        value: "'N: V'",
        about: 'a header of a caller you let in, such as authorization',
        isMany: true,
      },
      channel: { value: 'NAME', about: 'a channel that this caller may join' },
      uid: { value: 'N', about: 'the uid of this caller' },
      account: { value: 'NAME', about: 'the account of this caller' },
      role: {
        value: 'ROLE',
        about: 'the role that this caller may have',
        choices: ['publisher', 'subscriber'],
      },
      body: {
        value: 'JSON',
        about: 'a body of your own: {"room":"{channel}","uid":"{uid}"}',
      },
      'this-is-mine': { about: 'allow an address that is not on this machine' },
      requests: { value: 'N', about: 'send at most N requests; default and maximum 60' },
      within: { value: 'LENGTH', about: 'take at most this long in all; default 10s' },
    },
    examples: [
      'rtc-token doctor',
      "rtc-token doctor http://localhost:3000/v1/tokens --header 'authorization: …'",
      "rtc-token doctor 'http://localhost:3000/rtc/{channel}/{uid}?role={role}'",
    ],
    load: async () => (await import('./doctor/doctor.ts')).doctor,
  },
  scan: {
    summary: 'search a code base for mistakes with tokens',
    takes: '[DIR]',
    mostPositionals: 1,
    options: {
      fix: { about: 'fix what is certain: lengths, imports of drop-ins' },
      sarif: { value: 'FILE', about: 'also write the findings as SARIF 2.1.0' },
    },
    examples: ['rtc-token scan src', 'rtc-token scan --sarif rtc-token.sarif'],
    load: async () => (await import('./scan/scan.ts')).scan,
  },
  init: {
    summary: 'start an app from a template',
    note: 'Asks for anything you leave out. Without a terminal, lists the templates.',
    takes: '[TEMPLATE] [FOLDER]',
    words: async () => (await import('./init/templates.ts')).TEMPLATE_NAMES,
    mostPositionals: 2,
    options: {
      template: { value: 'NAME', about: 'the template; the folder is then the only argument' },
    },
    examples: ['rtc-token init express-react my-app', 'rtc-token init'],
    load: async () => (await import('./init/init.ts')).init,
  },
} as const satisfies Readonly<Record<string, Command>>
