// The timetable in this process: a heap and one timer. Forgets everything on exit; the store knows what is due.
export { createLocalScheduler } from './local-scheduler.ts';
