export { InspectorScreen } from './inspector-screen.tsx'
