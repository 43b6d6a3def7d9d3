export { canLoopUdp } from './can-loop-udp.ts'
export { loopbackMedia } from './loopback-media.ts'
