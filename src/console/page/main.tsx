import './styles/theme.css';
import './styles/layout.css';
import './styles/form.css';
import './styles/calls.css';
import './styles/status.css';
import './styles/panel.css';
import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';
import { Session } from './session.ts';

const element = document.getElementById('console');
if (!element) throw new Error('console.html has no element for the console.');

const { sandbox, needsKey } = document.documentElement.dataset;
const session = new Session({ sandbox: sandbox === 'true', needsKey: needsKey === 'true' });
createRoot(element).render(<Console session={session} />);
