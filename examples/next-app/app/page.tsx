import { headers } from 'next/headers'
import { Calls } from './calls'
import { SignIn } from './sign-in'

export default async function Page() {
  const requestHeaders = await headers() // first, so that the page is never made during the build
  const { userOf } = await import('@/lib/auth')
  const user = await userOf(requestHeaders)
  if (!user) return <SignIn />
  const { seatsOf } = await import('@/lib/database')
  const { project } = await import('@/lib/tokens')
  return <Calls appId={project.appId} seats={seatsOf(user.id)} />
}
