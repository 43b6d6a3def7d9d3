import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import type { User } from '../support/token-endpoint.ts'

/** Options that enable all endpoints. */
export const EVERYTHING_OPEN: Partial<TokenHandlerOptions<User>> = {
  services: ['rtc', 'rtm', 'chat'],
  inspect: {
    authenticate: (request) => request.headers.get('authorization') === 'Bearer alice',
  },
  compat: { routes: 'agora-token-service' },
  health: true,
}
