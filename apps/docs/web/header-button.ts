/** Puts a button into the header, before its links. Pages do not have it: without programs it would do nothing. */
export function addHeaderButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button'
  button.textContent = text
  button.addEventListener('click', onClick)
  document.querySelector('.top .row > a')?.before(button)
  return button
}
