//! The one integration binary: each module tests a room, or the whole house.

mod layers;
