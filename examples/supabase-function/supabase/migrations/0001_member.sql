create table member (
  room text,
  user_id uuid references auth.users on delete cascade,
  speaks boolean not null default false,
  primary key (room, user_id)
);
-- Users read their own rows, and only your backend writes any.
alter table member enable row level security;
create policy "own seats" on member for select using (user_id = auth.uid());
