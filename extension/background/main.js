// Entry of the service worker (Chromium) and the event page (Firefox). Listeners are added while it
// starts, or the event that woke it is lost.
import { followSettings } from './badge.js';
import { listenForCommands } from './commands.js';
import { welcome } from './install.js';
import { forgetWithSwitch } from './memory.js';
import { listenForMenu } from './menu.js';
import { listen } from './messages.js';
import { followSync } from './sync.js';

listen();
forgetWithSwitch();
followSettings();
followSync();
welcome();
// Firefox for Android has neither.
if (chrome.contextMenus) listenForMenu();
if (chrome.commands) listenForCommands();
