import { EMPTY_QUESTION, type Question } from './expected-of.ts'

const ROOM = { ...EMPTY_QUESTION, channel: 'room-42', user: '1234' }

/**
 * Tokens to try the screen with. All have ended years ago, and are of the project that Agora's own
 * sample code names.
 */
export const EXAMPLES: readonly (readonly [name: string, question: Question])[] = [
  [
    '007',
    {
      ...ROOM,
      token:
        '007eJxTYGifMO1ajbxNODPbwVaW1x78rxk0p9XuVdTX0TJeeaIiKkyBwdLcwNnR2DQl1cwg2cTEzMQ0KSkx1SLRyNDUwMwwydiY4WNwqgAfAwMjAwgzMrAAMYjPBCaZwSQLmGRnKMrPz9U1MWJhMDQyNgEAV3QakQ==',
    },
  ],
  [
    '006',
    {
      ...ROOM,
      token:
        '006970CA35de60c44645bbae8a215061b33IADcD18jnalfPiAZJC1ecBnNsoZ3eP2pV9QuLsF+s4XZ8HUbf46j4OObIgABAAAAgEJVZQQAAQAQ/1NlAgAQ/1NlAwAQ/1NlBAAQ/1Nl',
    },
  ],
  [
    'An old key',
    {
      ...ROOM,
      token:
        '0037666966591a93ee5a3f712e22633f31f0cbc8f13970ca35de60c44645bbae8a215061b3314464554720383bbf528823412731446455471',
    },
  ],
]
