export { CallScreen } from './call-screen.tsx'
