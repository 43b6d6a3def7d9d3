'use client'
import { createAuthClient } from 'better-auth/react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

const { signIn } = createAuthClient()

export function SignIn() {
  const { refresh } = useRouter()
  const [message, setMessage] = useState('')
  async function submit(form: FormData) {
    const { email, password } = Object.fromEntries(form) as Record<string, string>
    const { error } = await signIn.email({ email, password })
    if (error) setMessage(error.message ?? 'You could not be signed in.')
    else refresh()
  }
  return (
    <form action={submit}>
      <input name="email" type="email" aria-label="Email" autoComplete="username" />
      <input name="password" type="password" aria-label="Password" />
      <button>Sign in</button>
      <p role="alert">{message}</p>
    </form>
  )
}
