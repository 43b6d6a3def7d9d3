import '@rtc-token/demo/design.css'
import './style.css'
import { addCopyButtons } from './copy-buttons.ts'
import { addSearch } from './search/open-search.ts'
import { addTabs } from './tabs.ts'
import { addThemeSwitch } from './theme-switch.ts'

addSearch()
addThemeSwitch()
addTabs()
addCopyButtons()
