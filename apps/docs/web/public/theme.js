// Runs before the first paint, so that the page does not flash in the other colours.
try {
  const theme = localStorage.getItem('theme')
  if (theme) document.documentElement.dataset.theme = theme
} catch {
  // Without storage the system's preference counts.
}
