import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Credentials } from './credentials.js';
import { Passwords } from './passwords.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { TokensController } from './tokens.controller.js';
import { TokensService } from './tokens.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** Sign-in, sessions, tokens, users, settings, and the guard that stands before every route. */
@Module({
  controllers: [SessionsController, TokensController, UsersController, SettingsController],
  providers: [
    Credentials,
    Passwords,
    SignInThrottle,
    SessionsService,
    TokensService,
    UsersService,
    SettingsService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Credentials, Passwords, SettingsService, SignInThrottle],
})
export class AccessModule {}
