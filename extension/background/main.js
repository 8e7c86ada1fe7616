// Entry of the service worker (Chromium) and the event page (Firefox). Listeners are added while it
// starts, or the event that woke it is lost.
import { listenForCommands } from './commands.js';
import { forgetWithSwitch } from './memory.js';
import { listenForMenu } from './menu.js';
import { listen } from './messages.js';

listen();
forgetWithSwitch();
listenForMenu();
listenForCommands();
