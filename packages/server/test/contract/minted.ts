import { expect } from 'vitest'

import { type MemoryLimiter, memoryLimiter } from '../../src/limit/memory-limiter.ts'
import { allow } from '../../src/policy/policy.ts'
import type { ContractCase } from './contract-case.ts'
import { previousToken, previousToken006 } from './previous-tokens.ts'

const perMinute = (name: string): MemoryLimiter =>
  memoryLimiter({ name, limit: 9, windowSeconds: 60 })

/** Wishes that are granted. */
export const MINTED: readonly ContractCase[] = [
  {
    name: 'a token for a call',
    body: { channel: 'room-42', uid: 1234, role: 'publisher', ttl: '15m', params: { seat: 3 } },
    reply: { services: ['rtc'], channel: 'room-42', uid: 1234, role: 'publisher', expiresIn: 900 },
  },
  {
    name: 'a uid in decimal',
    body: { channel: 'room-42', uid: '4294967295' },
    reply: { uid: 4294967295, role: 'subscriber' },
  },
  {
    name: 'names at their longest',
    body: { channel: ' '.repeat(62).concat('c'), account: 'a'.repeat(255) },
    reply: { account: 'a'.repeat(255) },
  },
  {
    name: 'a user id at its longest',
    body: { services: ['rtm', 'chat'], account: 'a'.repeat(64) },
    reply: { account: 'a'.repeat(64) },
  },
  {
    name: 'a ttl that begins with 0',
    body: { channel: 'room-42', uid: 1, ttl: '05m' },
    reply: { expiresIn: 300 },
  },
  {
    name: 'a ttl above the maximum',
    body: { channel: 'room-42', uid: 1, ttl: 999_999_999 },
    reply: { expiresIn: 86_400 },
  },
  {
    name: 'a token for a call and messaging',
    body: { services: ['rtc', 'rtm'], channel: 'room-42', account: 'alice' },
    reply: { services: ['rtc', 'rtm'], account: 'alice', channel: 'room-42' },
  },
  {
    name: 'a token for messaging',
    body: { services: ['rtm'], account: 'alice' },
    reply: { services: ['rtm'], account: 'alice' },
  },
  {
    name: 'a token for chat',
    body: { services: ['chat'], uid: 7 },
    reply: { services: ['chat'], uid: 7 },
  },
  {
    name: 'an identity that the policy chooses',
    body: { channel: 'room-42' },
    options: { authorize: () => allow({ identity: { uid: 7 }, ttl: 60 }) },
    reply: { uid: 7, expiresIn: 60, renewIn: 30 },
  },
  {
    name: 'a renewal',
    body: { previousToken },
    reply: { services: ['rtc', 'rtm'], channel: 'room-42', account: 'alice', role: 'publisher' },
  },
  {
    name: 'a renewal in version 006',
    body: { previousToken: previousToken006, channel: 'room-42', uid: 1234 },
    options: { version: '006', services: ['rtc'] },
    reply: { token: expect.stringMatching(/^006/), uid: 1234 },
  },
  {
    name: 'a request that is counted three times',
    context: { ip: '203.0.113.7' },
    options: {
      limits: {
        perIp: perMinute('ip'),
        perSubject: perMinute('subject'),
        perChannel: perMinute('channel'),
      },
    },
  },
]
