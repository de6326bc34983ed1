import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import {
  changeUser,
  createUser,
  user,
  userPage,
  type ChangeUser,
  type CreateUser,
  type User,
} from '../contract/access.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { Allow, Who } from './allow.js';
import type { Principal } from './principal.js';
import { usersQuery, type UsersQuery } from './users.queries.js';
import { UsersService } from './users.service.js';

/** A user is named by id or e-mail address, which may be longer than a code. */
const byRef = z.strictObject({
  ref: z
    .string()
    .min(1)
    .max(254)
    .regex(/^[^\0]*$/, 'Must not contain the NUL character.'),
});

/** Users: list, read, create, change, archive; for administrators. */
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @Allow('users.manage')
  @Returns(userPage)
  list(@Query({ schema: usersQuery }) query: UsersQuery): Promise<z.input<typeof userPage>> {
    return this.users.list(query);
  }

  @Get(':ref')
  @Allow('users.manage')
  @Returns(user)
  async read(
    @Param({ schema: byRef }) path: { ref: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<User> {
    return tagged(response, await this.users.read(path.ref));
  }

  @Post()
  @Allow('users.manage')
  @Returns(user, 201)
  async create(
    @Who() principal: Principal,
    @Body({ schema: createUser }) given: CreateUser,
    @Res({ passthrough: true }) response: Response,
  ): Promise<User> {
    const created = await this.users.create(principal, given);
    response.location(`/api/v1/users/${created.id}`);
    return tagged(response, created);
  }

  @Patch(':ref')
  @Allow('users.manage')
  @Returns(user)
  async change(
    @Who() principal: Principal,
    @Param({ schema: byRef }) path: { ref: string },
    @Body({ schema: changeUser }) given: ChangeUser,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<User> {
    return tagged(response, await this.users.change(principal, path.ref, matchedVersion(ifMatch), given));
  }

  @Delete(':ref')
  @Allow('users.manage')
  @ReturnsNothing()
  archive(
    @Who() principal: Principal,
    @Param({ schema: byRef }) path: { ref: string },
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.users.archive(principal, path.ref, matchedVersion(ifMatch));
  }
}

const tagged = (response: Response, shown: User): User => {
  response.setHeader('ETag', etagOf(shown.version));
  return shown;
};
