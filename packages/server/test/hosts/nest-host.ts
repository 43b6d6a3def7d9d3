import 'reflect-metadata'

import type { Server } from 'node:http'

import { type MiddlewareConsumer, Module, RequestMethod } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type NodeListener, toNodeListener } from '../../src/adapters/node.ts'
import type { Host } from './host.ts'
import { running } from './node-hosts.ts'

/** A module of Nest with the handler as its middleware, which Nest puts behind its own JSON parser. */
export const nestHost: Host = {
  name: 'Nest 11 on Express',
  prefix: '/agora',
  ip: '127.0.0.1',
  traits: ['passes-on', 'parses-json'],
  start: async (handler) => {
    const app = await NestFactory.create(moduleWith(toNodeListener(handler)), { logger: false })
    await app.listen(0, '127.0.0.1')
    return running(app.getHttpServer() as Server, () => app.close())
  },
}

function moduleWith(listener: NodeListener): object & (new () => unknown) {
  class TokenModule {
    configure(consumer: MiddlewareConsumer): void {
      consumer.apply(listener).forRoutes({ path: 'agora/{*path}', method: RequestMethod.ALL })
    }
  }
  // Called and not written as a decorator, which takes a flag of the compiler.
  Module({})(TokenModule)
  return TokenModule
}
